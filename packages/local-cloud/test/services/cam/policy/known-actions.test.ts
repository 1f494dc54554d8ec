import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { believed } from "../../../../src/services/assumptions.ts";
import { camOperation, checkActionPattern, eipActions } from "../../../../src/services/cam/policy/known-actions.ts";
import { readSdkActions } from "../../../support/sdk-actions.ts";

const code = (pattern: string, assumptions = believed) => {
  try {
    checkActionPattern(pattern, assumptions);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("the list of actions is the one of the installed SDK", () => {
  const file = new URL("../../../../src/services/cam/policy/sdk-actions.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(readSdkActions());
});

test("the actions on EIPs are in the SDK's VPC API, and policies name them with cvm", () => {
  const { actions } = readSdkActions();
  expect(eipActions.filter((action) => !actions["vpc"]?.includes(action))).toEqual([]);
  for (const action of eipActions) {
    expect(code(`cvm:${action}`), action).toBeUndefined();
    expect(code(`vpc:${action}`), action).toBe("InvalidParameter.ActionNotExist");
    expect(camOperation("vpc", action)).toBe(`cvm:${action}`);
  }
});

test.each([
  "*",
  "*:*",
  "vpc:*",
  "VPC:*".toLowerCase(),
  "vpc:Describe*",
  "vpc:MigratePrivateIpAddress",
  "cos:GetObject",
])("takes %s", (pattern) => {
  expect(code(pattern)).toBeUndefined();
});

test.each([
  ["vpc", "InvalidParameter.ActionError"],
  ["MigratePrivateIpAddress", "InvalidParameter.ActionError"],
  ["vpc:", "InvalidParameter.ActionError"],
  ["vpc:Migrate:Address", "InvalidParameter.ActionError"],
  ["vcp:MigratePrivateIpAddress", "InvalidParameter.ActionServiceNotExist"],
  ["vpc:MigratePrivateIp", "InvalidParameter.ActionNotExist"],
  ["cvm:MigratePrivateIpAddress", "InvalidParameter.ActionNotExist"],
  ["vpc:HaVipAssociateAddress", "InvalidParameter.ActionNotExist"],
])("refuses %s", (pattern, expected) => {
  expect(code(pattern)).toBe(expected);
});

test("takes vpc:DescribeVpcTaskResult, unless it is assumed that CAM does not know it", () => {
  const action = "vpc:DescribeVpcTaskResult";
  expect(code(action)).toBeUndefined();
  expect(code(action, { ...believed, "describe-vpc-task-result": "denied" })).toBeUndefined();
  expect(code(action, { ...believed, "describe-vpc-task-result": "no-such-action" })).toBe(
    "InvalidParameter.ActionNotExist",
  );
});
