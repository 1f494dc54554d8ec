import { newId } from "../../../engine/ids.ts";
import { add } from "../../store.ts";
import type { Core } from "../state.ts";
import type { Disk } from "./state.ts";

/** A disk to create, attached to an instance. */
export interface DiskOptions extends Omit<Disk, "diskId" | "diskName" | "diskState" | "isEncrypted" | "createdAt"> {
  /** @default - empty */
  readonly diskName?: string;
  readonly instanceId: string;
  /** @default false */
  readonly isEncrypted?: boolean;
}

/** A disk that an instance is made with. */
export function addDisk({ state, now }: Pick<Core, "state" | "now">, options: DiskOptions): Disk {
  const diskId = newId("disk");
  const defaults = { diskName: "", isEncrypted: false };
  return add<Disk>(state.disks, diskId, {
    ...defaults,
    ...options,
    diskId,
    diskState: "ATTACHED",
    createdAt: now(),
  });
}
