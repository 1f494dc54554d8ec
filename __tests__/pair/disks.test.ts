import { expect, test } from "vitest";
import { type DiskType, requireDataDiskSize, requireSystemDiskSize } from "../../constructs/pair/disks";
import { maxDataDisks } from "../../packages/local-cloud/src/services/cbs/index";
import { dataDisksFor } from "../../packages/local-cloud/src/services/cvm/instance/data-disks";
import { checkSystemDisk } from "../../packages/local-cloud/src/services/cvm/instance/system-disk";
import { synthPair } from "../helpers/pair";

const SIZES = [0, 1, 9, 10, 15, 19, 20, 21, 25, 100, 2040, 2048, 2050, 15_995, 16_000, 16_010, 32_000, 32_010];
const CLOUD_TYPES: DiskType[] = ["CLOUD_BASIC", "CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUD_SSD", "CLOUD_HSSD", "CLOUD_TSSD"];

/** Those of the sizes that a check lets through. */
function takenBy(check: (sizeGb: number) => unknown): number[] {
  return SIZES.filter((sizeGb) => {
    try {
      check(sizeGb);
      return true;
    } catch {
      return false;
    }
  });
}

test.each(CLOUD_TYPES)("a data disk of the type %s has the sizes that the cloud sells, and no other", (type) => {
  const charge = { chargeType: "POSTPAID_BY_HOUR" } as Parameters<typeof dataDisksFor>[1];
  const disk = { DiskName: undefined, DeleteWithInstance: undefined, Encrypt: undefined };
  const sold = takenBy((DiskSize) =>
    dataDisksFor([{ ...disk, DiskType: type, DiskSize } as Parameters<typeof dataDisksFor>[0][number]], charge),
  );
  expect(sold).toContain(100);
  expect(takenBy((sizeGb) => requireDataDiskSize("dataDisks[0]", { type, sizeGb }))).toEqual(sold);
});

test("a system disk has the sizes that the cloud sells, and no other", () => {
  const sold = takenBy((DiskSize) => checkSystemDisk({ DiskType: "CLOUD_SSD", DiskSize, DiskName: undefined }));
  expect(sold).toContain(100);
  // The API takes 0 as a size that is not given.
  expect(takenBy((sizeGb) => requireSystemDiskSize({ sizeGb }))).toEqual(sold.filter((size) => size > 0));
});

test.each<[string, DiskType, number, string]>([
  [
    "of no whole step",
    "CLOUD_PREMIUM",
    25,
    "'dataDisks[0].sizeGb' must be between 10 and 32000 in steps of 10 for CLOUD_PREMIUM, got 25: " +
      "give a size that the cloud sells, such as 30",
  ],
  ["below the least of an SSD", "CLOUD_SSD", 10, "between 20 and 32000 in steps of 10 for CLOUD_SSD, got 10: .* 20$"],
  ["above the most of its kind", "CLOUD_BASIC", 20_000, "between 10 and 16000 .* CLOUD_BASIC, got 20000: .* 16000$"],
  ["that is no number", "CLOUD_SSD", Number.NaN, "got NaN: .* 100$"],
])("refuses a data disk of a size %s, and says which there is", (_, type, sizeGb, message) => {
  const expected = message.startsWith("'") ? message : new RegExp(message);
  expect(() => synthPair({ dataDisks: [{ type, sizeGb }] })).toThrow(expected);
});

test("refuses more data disks than the cloud gives a node", () => {
  const disks = (count: number, type: DiskType) => Array.from({ length: count }, () => ({ type, sizeGb: 20 }));
  const most = [...disks(maxDataDisks, "CLOUD_SSD"), ...disks(1, "LOCAL_SSD")];
  expect(() => synthPair({ dataDisks: most })).not.toThrow();
  expect(() => synthPair({ dataDisks: [...most, ...disks(1, "CLOUD_BASIC")] })).toThrow(
    /'dataDisks' must have at most 20 of the types CLOUD_…, .*, got 21: make fewer and larger ones$/,
  );
  expect(() => synthPair({ dataDisks: disks(2, "LOCAL_BASIC") })).toThrow(/at most 1 of the types LOCAL_…, .* got 2:/);
});

test("of a local disk the instance type has the size, which the cloud checks", () => {
  expect(takenBy((sizeGb) => requireDataDiskSize("dataDisks[0]", { type: "LOCAL_SSD", sizeGb }))).toContain(10);
});
