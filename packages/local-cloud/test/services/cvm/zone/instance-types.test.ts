import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => void ({ cloud, ask, code } = await startEmpty()));
afterEach(() => cloud.stop());

const zone = "ap-singapore-1";
const filters = (given: Record<string, string>) => ({
  Filters: Object.entries(given).map(([Name, value]) => ({ Name, Values: [value] })),
});
const hourly = { "instance-charge-type": "POSTPAID_BY_HOUR" };
const offers = async (given: Record<string, string>) =>
  (await ask("cvm:DescribeZoneInstanceConfigInfos", filters(given))).InstanceTypeQuotaSet;

test("a zone's instance types are listed all at once, with their sizes, also where they are more than a page", async () => {
  expect((await offers(hourly)).length).toBeGreaterThan(20);
  expect(await offers({ ...hourly, zone, "instance-type": "S5.MEDIUM2" })).toMatchObject([
    { Zone: zone, InstanceType: "S5.MEDIUM2", InstanceFamily: "S5", Cpu: 2, Memory: 2, Status: "SELL" },
  ]);
});

test("what is sold by the hour is sold in advance as well", async () => {
  expect(await offers({ zone, "instance-type": "S5.MEDIUM2" })).toMatchObject([
    { InstanceChargeType: "POSTPAID_BY_HOUR" },
    { InstanceChargeType: "PREPAID" },
  ]);
});

test("a type that the cloud does not have is in no zone's list", async () => {
  expect(await offers({ zone, "instance-type": "S9.MEDIUM2" })).toEqual([]);
  expect(await offers({ zone, "instance-charge-type": "SPOTPAID" })).toEqual([]);
});

test("a type that is sold out in a zone is listed as such, and no instance is made of it there", async () => {
  cloud.seed.soldOut({ zone, instanceType: "S5.MEDIUM2" });
  expect(await offers({ ...hourly, "instance-type": "S5.MEDIUM2", "instance-family": "S5" })).toMatchObject([
    { Zone: zone, Status: "SOLD_OUT", StatusCategory: "WithoutStock" },
    ...Array(5).fill({ Status: "SELL" }),
  ]);
  const network = await makeNetwork(ask);
  expect(await code("cvm:RunInstances", machine(network))).toBe("ResourcesSoldOut.SpecifiedInstanceType");
  expect(await code("cvm:RunInstances", machine(network, { InstanceType: "S5.MEDIUM4" }))).toBeUndefined();
});

test.each([
  ["another region's zone", { zone: "ap-tokyo-1" }, "InvalidZone.MismatchRegion"],
  ["a type that is none", { "instance-type": "medium" }, "InvalidInstanceType.Malformed"],
  ["a filter that it does not have", { cpu: "2" }, "InvalidFilter"],
])("refuses %s", async (_, given, expected) => {
  expect(await code("cvm:DescribeZoneInstanceConfigInfos", filters(given as Record<string, string>))).toBe(expected);
});
