import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { asRoot, haVipView, startPair } from "../../../support/pair.ts";
import { associate, association } from "../../../support/ha-vip.ts";

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

const vip = "10.0.1.200";

test("a new HAVIP is on nobody", async () => {
  expect(await haVipView(cloud)).toEqual({
    HaVipId: "havip-11111111",
    HaVipName: "havip-11111111",
    Vip: vip,
    VpcId: "vpc-11111111",
    SubnetId: "subnet-11111111",
    NetworkInterfaceId: "",
    InstanceId: "",
    AddressIp: "",
    State: "UNBIND",
    CreatedTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    Business: "",
    HaVipAssociationSet: [],
    CheckAssociate: true,
    CdcId: "",
    FlushedTime: "0000-00-00 00:00:00",
    TagSet: [],
  });
  expect(cloud.holderOf(vip)).toBeUndefined();
});

test("DescribeHaVips finds by address, VPC, subnet, EIP, association and flag", async () => {
  cloud.seed.haVip({ haVipId: "havip-22222222", subnetId: "subnet-22222222", vip: "10.0.2.200", name: "other" });
  cloud.seed.bindAddress({ addressId: "eip-22222222", haVipId: "havip-22222222" });
  await associate(cloud, association("ins-aaaaaaaa"));
  const filtered = async (...filters: [name: string, value: string][]) => {
    const Filters = filters.map(([Name, value]) => ({ Name, Values: [value] }));
    const { HaVipSet } = await asRoot(cloud, "DescribeHaVips", { Filters });
    return HaVipSet.map((haVip: { HaVipId: string }) => haVip.HaVipId);
  };
  expect(await filtered(["vip", vip], ["vpc-id", "vpc-11111111"])).toEqual(["havip-11111111"]);
  expect(await filtered(["vip", ".200"])).toEqual([]);
  expect(await filtered(["subnet-id", "subnet-22222222"])).toEqual(["havip-22222222"]);
  expect(await filtered(["havip-id", "havip-22222222"])).toEqual(["havip-22222222"]);
  expect(await filtered(["havip-name", "other"])).toEqual(["havip-22222222"]);
  expect(await filtered(["address-ip", "203.0.113.20"])).toEqual(["havip-22222222"]);
  expect(await filtered(["havip-association.instance-id", "ins-aaaaaaaa"])).toEqual(["havip-11111111"]);
  expect(await filtered(["havip-association.instance-type", "CVM"])).toEqual(["havip-11111111"]);
  expect(await filtered(["check-associate", "false"])).toEqual(["havip-22222222"]);
});
