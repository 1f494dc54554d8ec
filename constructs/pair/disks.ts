import { Token } from "cdktf";
import type { JsonSchema } from "../props/json-schema";
import * as shape from "../props/shape";
import { PropError, Shown } from "../props/prop-error";
import { requireInteger } from "../props/validation";

/** The sizes that a data disk may have, in GB, by its kind: what the local cloud takes, too, which a test compares. */
const DATA_DISK_GB = {
  CLOUD_BASIC: [10, 16_000],
  CLOUD_PREMIUM: [10, 32_000],
  CLOUD_BSSD: [20, 32_000],
  CLOUD_SSD: [20, 32_000],
  CLOUD_HSSD: [20, 32_000],
  CLOUD_TSSD: [20, 32_000],
  // Of local disks the instance type has the sizes, which the cloud checks.
  LOCAL_BASIC: [10, 32_000],
  LOCAL_SSD: [10, 32_000],
} as const satisfies Record<string, shape.Limits>;

/** A disk's kind, in the provider's own words. */
export type DiskType =
  | "CLOUD_BASIC"
  | "CLOUD_PREMIUM"
  | "CLOUD_BSSD"
  | "CLOUD_SSD"
  | "CLOUD_HSSD"
  | "CLOUD_TSSD"
  | "LOCAL_BASIC"
  | "LOCAL_SSD";

/** The disk that a node boots from. */
export interface SystemDisk {
  /**
   * Its kind.
   *
   * @default - the cloud's for the instance type
   */
  readonly type?: DiskType;
  /**
   * Its size in GB, 20–2048.
   *
   * @default - the image's
   */
  readonly sizeGb?: number;
}

/** A further disk of a node. */
export interface DataDisk {
  /** Its kind. */
  readonly type: DiskType;
  /** Its size in GB, 10–32000 in steps of 10: from 20 on for an SSD, up to 16000 for `CLOUD_BASIC`. */
  readonly sizeGb: number;
  /**
   * Whether it is encrypted.
   *
   * @default false
   */
  readonly encrypt?: boolean;
  /**
   * Whether it is deleted together with the node, which the cloud does for nodes that are paid by the hour only.
   *
   * @default - it is where the node is paid by the hour
   */
  readonly deleteWithInstance?: boolean;
}

/** The size of the disk that a node boots from, in GB. */
const SYSTEM_DISK_GB: shape.Limits = [20, 2048];
/** GB between one size of a data disk and the next. Source: the CVM API's description of DataDisk. */
const DATA_DISK_STEP_GB = 10;
/** How many cloud disks, and local ones, an instance has beside that one. Source: the CVM API's description of RunInstances. */
const MOST_DATA_DISKS = { CLOUD: 20, LOCAL: 1 } as const;
/** How many data disks an instance has at most. */
export const MAX_DATA_DISKS = MOST_DATA_DISKS.CLOUD + MOST_DATA_DISKS.LOCAL;
/** The sizes that some data disk may have. */
const ANY_DATA_DISK_GB: shape.Limits = [
  Math.min(...Object.values(DATA_DISK_GB).map(([min]) => min)),
  Math.max(...Object.values(DATA_DISK_GB).map(([, max]) => max)),
];

const DISK_TYPE = shape.oneOf(...(Object.keys(DATA_DISK_GB) as DiskType[]));

/** The kinds of {@link SystemDisk}. */
export const SYSTEM_DISK: shape.Shape<SystemDisk> = {
  type: shape.optional(DISK_TYPE),
  sizeGb: shape.optional(shape.integer(50, SYSTEM_DISK_GB)),
};

/** The kinds of {@link DataDisk}. */
export const DATA_DISK: shape.Shape<DataDisk> = {
  type: DISK_TYPE,
  sizeGb: shape.described(shape.integer(100, ANY_DATA_DISK_GB), { multipleOf: DATA_DISK_STEP_GB }),
  encrypt: shape.optional(shape.flag()),
  deleteWithInstance: shape.optional(shape.flag()),
};

/** What a data disk's kind allows of its size beyond the limits of all kinds, for editors. */
export const DATA_DISK_RULES: JsonSchema = {
  allOf: Object.entries(DATA_DISK_GB)
    .filter(([, [min, max]]) => min > ANY_DATA_DISK_GB[0] || max < ANY_DATA_DISK_GB[1])
    .map(([type, [minimum, maximum]]) => ({
      if: { properties: { type: { const: type } }, required: ["type"] },
      then: { properties: { sizeGb: { minimum, maximum } } },
    })),
};

/** Refuses a size that no system disk has. */
export function requireSystemDiskSize({ sizeGb = SYSTEM_DISK_GB[0] }: SystemDisk): void {
  requireInteger("systemDisk.sizeGb", sizeGb, ...SYSTEM_DISK_GB, "give whole gigabytes, such as 50");
}

/** Refuses more data disks than the cloud gives a node. */
export function requireDataDiskCount(dataDisks: readonly DataDisk[]): void {
  for (const [kind, most] of Object.entries(MOST_DATA_DISKS)) {
    const count = dataDisks.filter(({ type }) => type.startsWith(kind)).length;
    if (count <= most) continue;
    throw new PropError(
      "dataDisks",
      new Shown(`${count}`),
      `must have at most ${most} of the types ${kind}_…, which is what the cloud gives an instance`,
      "make fewer and larger ones",
    );
  }
}

/**
 * Refuses a size that no data disk of its kind has.
 *
 * @param prop the disk, such as `dataDisks[0]`
 */
export function requireDataDiskSize(prop: string, { type, sizeGb }: DataDisk): void {
  if (Token.isUnresolved(sizeGb)) return;
  const [min, max] = DATA_DISK_GB[type];
  if (sizeGb >= min && sizeGb <= max && sizeGb % DATA_DISK_STEP_GB === 0) return;
  const step = DATA_DISK_STEP_GB;
  const nearest = Math.min(Math.max(Math.ceil(sizeGb / step) * step, min), max);
  throw new PropError(
    `${prop}.sizeGb`,
    sizeGb,
    `must be between ${min} and ${max} in steps of ${step} for ${type}`,
    `give a size that the cloud sells, such as ${Number.isFinite(nearest) ? nearest : 100}`,
  );
}
