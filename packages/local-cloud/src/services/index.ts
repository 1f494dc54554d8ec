import type { Action } from "../action.ts";
import { camActions } from "./cam.ts";
import { cbsActions } from "./cbs.ts";
import { cvmActions } from "./cvm.ts";
import { stsActions } from "./sts.ts";
import { tagActions } from "./tag.ts";
import { vpcActions } from "./vpc.ts";

/** Every action of every service. Whatever is not in it is refused. */
export const actions: readonly Action[] = [
  ...vpcActions,
  ...cvmActions,
  ...cbsActions,
  ...camActions,
  ...tagActions,
  ...stsActions,
];
