import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("a security group's rules are replaced as a whole, checked, and counted by version", async () => {
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", { GroupName: "g", GroupDescription: "d" });
  const { SecurityGroupId } = SecurityGroup;
  const rule = { Protocol: "tcp", Port: "80,443", CidrBlock: "0.0.0.0/0", Action: "accept", PolicyDescription: "web" };
  const modify = (set: object) =>
    code("vpc:ModifySecurityGroupPolicies", { SecurityGroupId, SecurityGroupPolicySet: set });
  expect(await modify({ Ingress: [rule], Egress: [{ ...rule, Protocol: "ALL", Port: "ALL" }] })).toBeUndefined();
  const { SecurityGroupPolicySet } = await ask("vpc:DescribeSecurityGroupPolicies", { SecurityGroupId });
  expect(SecurityGroupPolicySet).toMatchObject({
    Version: "1",
    Ingress: [{ PolicyIndex: 0, Protocol: "tcp", Port: "80,443", Action: "ACCEPT", PolicyDescription: "web" }],
    Egress: [{ Protocol: "ALL", Port: "ALL", CidrBlock: "0.0.0.0/0" }],
  });
  expect(await modify({ Ingress: [rule, rule] })).toBe("UnsupportedOperation.DuplicatePolicy");
  expect(await modify({ Ingress: [{ ...rule, Protocol: "VRRP" }] })).toBe("InvalidParameterValue.Malformed");
  expect(await modify({ Ingress: [{ ...rule, CidrBlock: "10.0.0.0/99" }] })).toBe("InvalidParameterValue.Malformed");
  expect(await modify({ Ingress: [{ ...rule, SecurityGroupId }] })).toBe("InvalidParameter.Coexist");
  expect(await modify({ Ingress: [{ ...rule, Port: "80,90-100" }] })).toBe("InvalidParameterValue.Malformed");
  expect(await modify({ Ingress: [{ ...rule, PolicyDescription: "d".repeat(101) }] })).toBe(
    "InvalidParameterValue.TooLong",
  );
  expect(await modify({ Ingress: [{ Action: "ACCEPT" }] })).toBe("InvalidParameterValue.Empty");
  expect(await modify({ Version: "7", Ingress: [rule] })).toBe("UnsupportedOperation.VersionMismatch");
  // As the API describes it, and as the provider sends it.
  expect(await modify({ Version: "1", Ingress: [rule] })).toBeUndefined();
  expect(await modify({ Version: "3", Ingress: [rule] })).toBeUndefined();
  expect(await modify({ Version: "0" })).toBeUndefined();
  expect(cloud.state.securityGroups.get(SecurityGroupId)).toMatchObject({ ingress: [], egress: [], version: 4 });
});
