import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("refuses to delete a security group that an instance has", async () => {
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", { GroupName: "g" });
  const { SecurityGroupId } = SecurityGroup;
  await ask("cvm:RunInstances", machine(await makeNetwork(ask), { SecurityGroupIds: [SecurityGroupId] }));
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId })).toBe("ResourceInUse");
  const { SecurityGroupAssociationStatisticsSet: statistics } = await ask(
    "vpc:DescribeSecurityGroupAssociationStatistics",
    { SecurityGroupIds: [SecurityGroupId] },
  );
  expect(statistics).toMatchObject([{ CVM: 1, TotalCount: 1 }]);
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId: "sg-99999999" })).toBe("ResourceNotFound");
  expect(await code("vpc:DeleteSecurityGroup", { SecurityGroupId: "sg" })).toBe("InvalidSecurityGroupID.Malformed");
});

test("refuses a description of more than 100 characters", async () => {
  const GroupDescription = "d".repeat(101);
  expect(await code("vpc:CreateSecurityGroup", { GroupName: "g", GroupDescription })).toBe(
    "InvalidParameterValue.TooLong",
  );
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", {
    GroupName: "g",
    GroupDescription: GroupDescription.slice(1),
  });
  const { SecurityGroupId } = SecurityGroup;
  expect(await code("vpc:ModifySecurityGroupAttribute", { SecurityGroupId, GroupDescription })).toBe(
    "InvalidParameterValue.TooLong",
  );
});
