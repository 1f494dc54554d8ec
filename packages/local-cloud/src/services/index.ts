import type { Action } from "../action.ts";
import { vpcActions } from "./vpc.ts";

/** Every action of every service. Whatever is not in it is refused. */
export const actions: readonly Action[] = [...vpcActions];
