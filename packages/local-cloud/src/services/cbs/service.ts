import { actionsOf } from "../action.ts";
import type { ServiceCore } from "../core.ts";
import type { State } from "../cvm/index.ts";

/** Makes an action of the CBS API, which keeps nothing itself: the disks are those of CVM's instances. */
export const defineAction = actionsOf<ServiceCore<State>>({ service: "cbs", version: "2017-03-12" });
