// The STS service: who calls.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { getCallerIdentity } from "./actions.ts";

/** What there is of the STS API, version 2018-08-13. */
export const stsActions: readonly Action<unknown>[] = [getCallerIdentity];
