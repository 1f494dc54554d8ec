import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
});
afterEach(() => cloud.stop());

test("roles are listed by pages, and asked for by id or name", async () => {
  expect(await code("cam:DescribeRoleList", { Page: 0, Rp: 20 })).toBe("InvalidParameter.ParamError");
  expect(await code("cam:GetRole", {})).toBe("InvalidParameter.ParamError");
});

test("refuses a description of more than 300 bytes, of roles and of policies", async () => {
  const trust = JSON.stringify({
    version: "2.0",
    statement: [{ action: "name/sts:AssumeRole", effect: "allow", principal: { service: "cvm.qcloud.com" } }],
  });
  const document = JSON.stringify({
    version: "2.0",
    statement: [{ effect: "allow", action: "vpc:DescribeHaVips", resource: "*" }],
  });
  const tooLong = { Description: "é".repeat(151) };
  const fits = { Description: "é".repeat(150) };
  const expected = "InvalidParameter.DescriptionLengthOverlimit";
  const role = { RoleName: "r", PolicyDocument: trust };
  expect(await code("cam:CreateRole", { ...role, ...tooLong })).toBe(expected);
  expect(await code("cam:CreateRole", { ...role, ...fits })).toBeUndefined();
  expect(await code("cam:UpdateRoleDescription", { RoleName: "r", ...tooLong })).toBe(expected);
  const policy = { PolicyName: "p", PolicyDocument: document };
  expect(await code("cam:CreatePolicy", { ...policy, ...tooLong })).toBe(expected);
  const { PolicyId } = await ask("cam:CreatePolicy", { ...policy, ...fits });
  expect(await code("cam:UpdatePolicy", { PolicyId, ...tooLong })).toBe(expected);
});
