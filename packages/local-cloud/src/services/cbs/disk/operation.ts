import type { Core } from "../state.ts";
import type { Disk, DiskState } from "./state.ts";

/** Something that takes time and is done to several disks at once. */
export interface DiskOperation {
  readonly action: string;
  /** Of the call that starts it. */
  readonly requestId: string;
  /** The state that a disk is in until the operation is over. */
  readonly meanwhile: DiskState;
  /** What the operation has changed when it is over, the state included. */
  readonly commit: (disk: Disk) => void;
  /** What is taken back if the operation fails, beside the state. @default - nothing */
  readonly undo?: (disk: Disk) => void;
}

/** Starts what takes time; a disk that goes meanwhile is left out, and if the task fails, all are as they were. */
export function startDiskOperation(core: Core, disks: readonly Disk[], operation: DiskOperation): void {
  const { action, requestId, meanwhile, commit, undo } = operation;
  const before = new Map(disks.map((disk) => [disk, disk.diskState]));
  for (const disk of disks) disk.diskState = meanwhile;
  const left = () => [...before].filter(([disk]) => core.state.disks.has(disk.diskId) && disk.diskState === meanwhile);
  core.tasks.start({
    taskId: requestId,
    action,
    locks: disks.map(({ diskId }) => diskId),
    commit: () => {
      for (const [disk] of left()) commit(disk);
    },
    undo: () => {
      for (const [disk, state] of left()) {
        disk.diskState = state;
        undo?.(disk);
      }
    },
  });
}
