import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("a subnet lies in its VPC, overlaps no other and is in a zone of the region", async () => {
  const { VpcId } = await makeNetwork(ask);
  const subnet = { VpcId, SubnetName: "t", CidrBlock: "10.0.2.0/24", Zone: "ap-singapore-1" };
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.1.0.0/24" })).toBe(
    "InvalidParameterValue.SubnetRange",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.1.128/25" })).toBe(
    "InvalidParameterValue.SubnetConflict",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.2.1/24" })).toBe(
    "InvalidParameterValue.Malformed",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, Zone: "ap-tokyo-1" })).toBe("InvalidParameterValue");
  expect(await code("vpc:CreateSubnet", { ...subnet, VpcId: "vpc-99999999" })).toBe("ResourceNotFound");
  expect(await code("vpc:CreateSubnet", { ...subnet, SubnetName: "x".repeat(61) })).toBe(
    "InvalidParameterValue.TooLong",
  );
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.2.0/30" })).toBe(
    "InvalidParameterValue.SubnetRange",
  );
  expect(await code("vpc:CreateSubnet", subnet)).toBeUndefined();
  expect(await code("vpc:CreateSubnet", { ...subnet, CidrBlock: "10.0.3.0/24" })).toBe("LimitExceeded");
});

test("refuses to delete a VPC with a subnet and a subnet with an address, then deletes both", async () => {
  const { VpcId, SubnetId } = await makeNetwork(ask);
  const { HaVip } = await ask("vpc:CreateHaVip", { HaVipName: "h", VpcId, SubnetId });
  expect(await code("vpc:DeleteSubnet", { SubnetId })).toBe("ResourceInUse");
  expect(await code("vpc:DeleteVpc", { VpcId })).toBe("ResourceInUse");
  await ask("vpc:DeleteHaVip", { HaVipId: HaVip.HaVipId });
  await ask("vpc:DeleteSubnet", { SubnetId });
  await ask("vpc:DeleteVpc", { VpcId });
  expect(await ask("vpc:DescribeVpcs")).toMatchObject({ TotalCount: 0, VpcSet: [] });
  expect(await code("vpc:DeleteVpc", { VpcId })).toBe("ResourceNotFound");
});
