import { addressProvocations } from "./address.ts";
import { camProvocations } from "./cam.ts";
import { cbsProvocations } from "./cbs.ts";
import { cvmProvocations } from "./cvm.ts";
import { operationsProvocations } from "./operations.ts";
import type { Provocations } from "./provocation.ts";
import { vpcProvocations } from "./vpc.ts";

export { type Provocation, World } from "./provocation.ts";

/** One request for each error code that an action answers here. */
export const provocations: Provocations = {
  ...vpcProvocations,
  ...addressProvocations,
  ...cvmProvocations,
  ...cbsProvocations,
  ...camProvocations,
  ...operationsProvocations,
};
