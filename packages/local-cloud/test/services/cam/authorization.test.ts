import { expect, test } from "vitest";
import { isAllowed } from "../../../src/services/cam/authorization.ts";
import { parsePolicyDocument } from "../../../src/services/cam/policy/document.ts";
import { State } from "../../../src/services/state.ts";

const statement = { effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] };

const role = { roleId: "1", roleName: "role", description: "", trustPolicy: {}, createdAt: 0 };

function allows(action: string | string[], operation: string): boolean {
  const state = new State();
  const document = parsePolicyDocument({ version: "2.0", statement: [{ ...statement, action }] });
  state.policies.set(1, {
    policyId: 1,
    policyName: "policy",
    description: "",
    document,
    text: "",
    createdAt: 0,
  });
  state.roles.set("role", { ...role, policyIds: [1] });
  return isAllowed(state, "role", operation);
}

test("actions match by name, with wildcards, with name/ in front, in any case", () => {
  for (const action of [
    "*",
    "vpc:*",
    "vpc:Describe*",
    "name/vpc:DescribeHaVips",
    "vpc:describehavips",
    ["x:y", "vpc:*Vips"],
  ]) {
    expect(allows(action, "vpc:DescribeHaVips"), String(action)).toBe(true);
  }
  for (const action of ["vpc", "cvm:*", "vpc:Describe", "vpc:DescribeHaVip", "vpc.DescribeHaVips"]) {
    expect(allows(action, "vpc:DescribeHaVips"), String(action)).toBe(false);
  }
});

test("a role without policies and an unknown role may do nothing", () => {
  const state = new State();
  state.roles.set("role", { ...role, policyIds: [] });
  expect(isAllowed(state, "role", "vpc:DescribeHaVips")).toBe(false);
  expect(isAllowed(state, "nobody", "vpc:DescribeHaVips")).toBe(false);
});

test("reads a document that is JSON text", () => {
  const document = JSON.stringify({ version: "2.0", statement: [{ ...statement, action: "name/vpc:DescribeHaVips" }] });
  expect(parsePolicyDocument(document)).toEqual({ statements: [{ effect: "allow", actions: ["vpc:DescribeHaVips"] }] });
});

test.each([
  ["{", "PolicyDocumentError", "the document must be JSON"],
  [{ statement: [statement] }, "VersionError", `'version' must be "2.0", got nothing`],
  [{ version: "2.0", statement: [] }, "StatementError", "'statement' must be a list of at least one statement, got []"],
  [
    { version: "2.0", statement: [{ ...statement, effect: "Allow" }] },
    "EffectError",
    `'effect' must be allow or deny, got "Allow"`,
  ],
  [
    { version: "2.0", statement: [{ ...statement, action: [] }] },
    "ActionError",
    "'action' must be a pattern or a list of them, got []",
  ],
  [
    { version: "2.0", statement: [{ ...statement, resource: "qcs::vpc:::eni/*" }] },
    "ResourceError",
    `'resource' must be "*" here, got "qcs::vpc:::eni/*": resources are not evaluated`,
  ],
  [
    { version: "2.0", statement: [{ ...statement, condition: {} }] },
    "ConditionError",
    "'condition' must be absent here, got {}: it is not evaluated",
  ],
])("refuses the document %j", (document, kind, message) => {
  expect(() => parsePolicyDocument(document)).toThrow(
    expect.objectContaining({ code: `InvalidParameter.${kind}`, message: `Policy document: ${message}.` }),
  );
});
