// The CBS service: the disks of CVM's instances.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { attachDisks, detachDisks } from "./disk/attachment.ts";
import { modifyDiskAttributes } from "./disk/attributes.ts";
import { describeDisks } from "./disk/describe.ts";
import { resizeDisk } from "./disk/resize.ts";
import { terminateDisks } from "./disk/terminate.ts";
import type { Core } from "./state.ts";

export { addDisk, type DiskOptions } from "./disk/create.ts";
export { dataDisksOf, systemDiskOf } from "./disk/lookup.ts";
export { releaseDisks } from "./disk/remove.ts";
export { checkDiskName, dataDiskSizes, maxDataDisks, wrongSize } from "./disk/limits.ts";
export type { Disk, DiskChargeType } from "./disk/state.ts";
export { type CbsState, cbsState, type State } from "./state.ts";

/** What there is of the CBS API, version 2017-03-12. */
export const cbsActions: readonly Action<Core>[] = [
  describeDisks,
  modifyDiskAttributes,
  resizeDisk,
  attachDisks,
  detachDisks,
  terminateDisks,
];
