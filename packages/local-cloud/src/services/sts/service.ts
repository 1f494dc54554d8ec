import { actionsOf } from "../action.ts";

/** Makes an action of the STS API, which looks at nothing in the cloud. */
export const defineAction = actionsOf<unknown>({ service: "sts", version: "2018-08-13" });
