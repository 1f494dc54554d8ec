import type { CbsState } from "../state.ts";
import type { Disk } from "./state.ts";

/** The disk that an instance boots from. @throws Error if there is none: a bug */
export function systemDiskOf(state: CbsState, instanceId: string): Disk {
  const disk = disksOf(state, instanceId).find(({ usage }) => usage === "SYSTEM_DISK");
  if (!disk) throw new Error(`the instance '${instanceId}' has no system disk`);
  return disk;
}

/** The further disks of an instance, as they were attached. */
export const dataDisksOf = (state: CbsState, instanceId: string): Disk[] =>
  disksOf(state, instanceId).filter(({ usage }) => usage === "DATA_DISK");

/** All disks that are attached to an instance. */
export const disksOf = ({ disks }: CbsState, instanceId: string): Disk[] =>
  [...disks.values()].filter((disk) => disk.instanceId === instanceId);
