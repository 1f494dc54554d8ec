// The CBS service: the disks of CVM's instances.
// Others import this file of it only.
import type { Action } from "../action.ts";
import type { ServiceCore } from "../core.ts";
import type { State } from "../cvm/index.ts";
import { describeDisks } from "./disk/actions.ts";

/** What there is of the CBS API, version 2017-03-12. */
export const cbsActions: readonly Action<ServiceCore<State>>[] = [describeDisks];
