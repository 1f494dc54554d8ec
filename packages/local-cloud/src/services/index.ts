import type { Action } from "./action.ts";
import { camActions } from "./cam/index.ts";
import { cbsActions } from "./cbs/index.ts";
import { cvmActions } from "./cvm/index.ts";
import type { Core } from "./state.ts";
import { stsActions } from "./sts/index.ts";
import { tagActions } from "./tag/index.ts";
import { tatActions } from "./tat/index.ts";
import { vpcActions } from "./vpc/index.ts";

/** Every action of every service. Whatever is not in it is refused. */
export const actions: readonly Action<Core>[] = [
  ...vpcActions,
  ...cvmActions,
  ...cbsActions,
  ...camActions,
  ...tagActions,
  ...stsActions,
  ...tatActions,
];
