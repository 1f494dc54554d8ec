import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => ({ cloud, ask, code } = await startEmpty()));
afterEach(() => cloud.stop());

const trust = JSON.stringify({
  version: "2.0",
  statement: [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }],
});
const document = JSON.stringify({
  version: "2.0",
  statement: [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }],
});

test("a role has the policies that are attached to it, until they are detached or deleted", async () => {
  const { RoleId } = await ask("cam:CreateRole", { RoleName: "r", PolicyDocument: trust, Description: "d" });
  const { PolicyId } = await ask("cam:CreatePolicy", { PolicyName: "p", PolicyDocument: document });
  const attached = async () => (await ask("cam:ListAttachedRolePolicies", { RoleId, Page: 1, Rp: 200 })).List;
  expect((await ask("cam:DescribeRoleList", { Page: 1, Rp: 200 })).List).toMatchObject([
    { RoleId, RoleName: "r", PolicyDocument: trust, Description: "d" },
  ]);
  expect(await ask("cam:GetPolicy", { PolicyId })).toMatchObject({ PolicyName: "p", PolicyDocument: document });
  await ask("cam:AttachRolePolicy", { AttachRoleId: RoleId, PolicyId });
  expect(await attached()).toMatchObject([{ PolicyId, PolicyName: "p" }]);
  await ask("cam:DetachRolePolicy", { DetachRoleId: RoleId, PolicyId });
  expect(await attached()).toEqual([]);
  await ask("cam:AttachRolePolicy", { AttachRoleId: RoleId, PolicyId });
  await ask("cam:DeletePolicy", { PolicyId: [PolicyId] });
  expect(await attached()).toEqual([]);
  await ask("cam:DeleteRole", { RoleId });
  expect(await code("cam:ListAttachedRolePolicies", { RoleId })).toBe("InvalidParameter.RoleNotExist");
});

test("refuses names that are taken or malformed, documents that cannot be, and what is not there", async () => {
  await ask("cam:CreateRole", { RoleName: "r", PolicyDocument: trust });
  await ask("cam:CreatePolicy", { PolicyName: "p", PolicyDocument: document });
  const role = (RoleName: string, PolicyDocument: string) => code("cam:CreateRole", { RoleName, PolicyDocument });
  expect(await role("r", trust)).toBe("InvalidParameter.RoleNameInUse");
  expect(await role("r r", trust)).toBe("InvalidParameter.RoleNameError");
  expect(await role("s", "{")).toBe("InvalidParameter.PolicyDocumentError");
  expect(await role("s", document)).toBe("InvalidParameter.PrincipalError");
  const policy = (PolicyName: string, PolicyDocument: string) =>
    code("cam:CreatePolicy", { PolicyName, PolicyDocument });
  expect(await policy("p", document)).toBe("FailedOperation.PolicyNameInUse");
  expect(await policy("p p", document)).toBe("InvalidParameter.PolicyNameError");
  expect(await policy("q", document.replace("2.0", "3"))).toBe("InvalidParameter.VersionError");
  expect(await policy("q", document.replace('"allow"', '"maybe"'))).toBe("InvalidParameter.EffectError");
  expect(await code("cam:GetPolicy", { PolicyId: 7 })).toBe("ResourceNotFound.PolicyIdNotFound");
  expect(await code("cam:DeletePolicy", { PolicyId: [7] })).toBe("InvalidParameter.PolicyIdNotExist");
  expect(await code("cam:AttachRolePolicy", { AttachRoleName: "r", PolicyId: 7 })).toBe(
    "InvalidParameter.PolicyIdNotExist",
  );
  expect(await code("cam:DeleteRole", { RoleName: "nobody" })).toBe("InvalidParameter.RoleNotExist");
});
