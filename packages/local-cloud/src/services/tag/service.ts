import { actionsOf } from "../action.ts";
import type { Core } from "./state.ts";

/** Makes an action of the tag API. */
export const defineAction = actionsOf<Core>({ service: "tag", version: "2018-08-13" });
