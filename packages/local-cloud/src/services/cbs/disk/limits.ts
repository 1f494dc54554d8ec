import { CloudError } from "../../../api/errors.ts";

/**
 * The sizes that a data disk may have, in GB, by its type. Source: the product's description of cloud disks; the CVM API
 * has the smallest size of CLOUD_SSD as 100 GB in an older text. Local disks belong to other instance types than there are
 * here.
 */
export const dataDiskSizes: ReadonlyMap<string, { readonly min: number; readonly max: number }> = new Map([
  ["CLOUD_BASIC", { min: 10, max: 16_000 }],
  ["CLOUD_PREMIUM", { min: 10, max: 32_000 }],
  ["CLOUD_BSSD", { min: 20, max: 32_000 }],
  ["CLOUD_SSD", { min: 20, max: 32_000 }],
  ["CLOUD_HSSD", { min: 20, max: 32_000 }],
  ["CLOUD_TSSD", { min: 20, max: 32_000 }],
]);

/** GB between one size and the next. Source: the CVM API's description of DataDisk. */
const step = 10;

/** How many data disks an instance may have. Source: the CVM API's description of RunInstances. */
export const maxDataDisks = 20;

/** Source: the CVM API's descriptions of DiskName. */
const maxDiskName = 128;

/** What is wrong with the size of a data disk of this type, as a sentence; undefined: nothing. */
export function wrongSize(diskType: string, size: number): string | undefined {
  const { min, max } = dataDiskSizes.get(diskType) ?? { min: 0, max: 0 };
  if (size >= min && size <= max && size % step === 0) return undefined;
  return `A data disk of the type \`${diskType}\` has ${min} to ${max} GB in steps of ${step}, got ${size}.`;
}

/**
 * Whether a disk may have this name.
 *
 * @param code - the API's code for one that is too long
 * @throws CloudError with this code
 */
export function checkDiskName(name: string, code: string): void {
  if (name.length <= maxDiskName) return;
  throw new CloudError(
    code,
    `The value of \`DiskName\` has ${name.length} characters, at most ${maxDiskName} are allowed.`,
  );
}
