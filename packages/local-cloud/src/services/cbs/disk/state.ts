/** The states that the CBS API names for a disk, as far as one gets into them here. */
export type DiskState = "UNATTACHED" | "ATTACHING" | "ATTACHED" | "DETACHING" | "EXPANDING" | "TORECYCLE";

/** How a disk can be paid for. */
export type DiskChargeType = "POSTPAID_BY_HOUR" | "PREPAID";

/** A cloud disk. */
export interface Disk {
  diskId: string;
  diskName: string;
  diskType: string;
  /** GB. */
  diskSize: number;
  /** Whether an instance boots from it. */
  usage: "SYSTEM_DISK" | "DATA_DISK";
  diskState: DiskState;
  zone: string;
  /** Absent while it is attached to nothing. */
  instanceId?: string;
  /** Whether it goes when its instance goes. */
  deleteWithInstance: boolean;
  isEncrypted: boolean;
  chargeType: DiskChargeType;
  /** Unix time in ms. */
  createdAt: number;
}

/** Whether it can be detached, and is resized by the CBS API: data disks are elastic, system disks are not. */
export const isPortable = ({ usage }: Pick<Disk, "usage">): boolean => usage === "DATA_DISK";
