import type { Action } from "../action.ts";
import { describeDisks } from "./disk/actions.ts";

/** What there is of the CBS API, version 2017-03-12. */
export const cbsActions: readonly Action[] = [describeDisks];
