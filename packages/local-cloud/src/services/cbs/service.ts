import { actionsOf } from "../action.ts";
import type { Core } from "./state.ts";

/** Makes an action of the CBS API. */
export const defineAction = actionsOf<Core>({ service: "cbs", version: "2017-03-12" });
