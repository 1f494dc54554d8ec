import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { asRoot, haVipView, startPair } from "../../../support/pair.ts";

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

const given = { HaVipName: "h", VpcId: "vpc-11111111", SubnetId: "subnet-11111111" };
const entry = (InstanceId: string, InstanceType = "CVM") => ({ InstanceId, InstanceType });

test("a HAVIP is made with its tags and associations", async () => {
  const { HaVip } = await asRoot(cloud, "CreateHaVip", {
    ...given,
    CheckAssociate: true,
    HaVipAssociationSet: [entry("ins-aaaaaaaa"), entry("ins-bbbbbbbb")],
    Tags: [{ Key: "stage", Value: "test" }],
  });
  expect(await haVipView(cloud, HaVip.HaVipId)).toMatchObject({
    HaVipAssociationSet: [{ InstanceId: "ins-aaaaaaaa" }, { InstanceId: "ins-bbbbbbbb" }],
    TagSet: [{ Key: "stage", Value: "test" }],
  });
});

test("refuses a HAVIP with an association that cannot be, and makes none", async () => {
  const before = cloud.state.haVips.size;
  const { Error } = await asRoot(cloud, "CreateHaVip", { ...given, HaVipAssociationSet: [entry("ins-zzzzzzzz")] });
  expect(Error.Code).toBe("ResourceNotFound");
  expect(cloud.state.haVips.size).toBe(before);
});
