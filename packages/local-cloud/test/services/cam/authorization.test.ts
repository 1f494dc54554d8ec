import { expect, test } from "vitest";
import { type Assumptions, believed } from "../../../src/services/assumptions.ts";
import { isAllowed } from "../../../src/services/cam/authorization.ts";
import { parsePolicyDocument } from "../../../src/services/cam/policy/document.ts";
import { emptyState } from "../../../src/services/state.ts";

const role = { roleId: "1", roleName: "role", description: "", trustPolicy: {}, createdAt: 0 };

const describeHaVips = { service: "vpc", action: "DescribeHaVips", resources: [] };

interface Given {
  readonly assumptions?: Partial<Assumptions>;
  readonly attachedAt?: number;
  readonly now?: number;
}

/** A core with one role that has a policy of these statements. */
function coreWith(statements: readonly object[], { assumptions = {}, attachedAt = 0, now = 0 }: Given = {}) {
  const state = emptyState();
  const statement = statements.map((each) => ({ effect: "allow", action: "*", resource: "*", ...each }));
  const document = parsePolicyDocument({ version: "2.0", statement }, believed);
  state.policies.set(1, { policyId: 1, policyName: "policy", description: "", document, text: "", createdAt: 0 });
  state.roles.set("role", { ...role, policyIds: [1], attachedAt: { 1: attachedAt } });
  return { state, assumptions: { ...believed, ...assumptions }, now: () => now };
}

const eni = (id: string, region = "ap-singapore") => `qcs::vpc:${region}:uin/100000000001:eni/${id}`;
const migrate = (...ids: string[]) => ({
  service: "vpc",
  action: "MigratePrivateIpAddress",
  resources: ids.map((id) => eni(id)),
});

test("actions match by name, with wildcards, with name/ in front, in any case", () => {
  const patterns = ["*", "vpc:*", "vpc:Describe*", "name/vpc:DescribeHaVips", "vpc:describehavips"];
  for (const action of [...patterns, ["cvm:*", "vpc:*Vips"]]) {
    expect(isAllowed(coreWith([{ action }]), "role", describeHaVips), String(action)).toBe(true);
  }
  for (const action of ["cvm:*", "vpc:DescribeVpcs", "vpc:Create*"]) {
    expect(isAllowed(coreWith([{ action }]), "role", describeHaVips), action).toBe(false);
  }
});

test("actions on EIPs are allowed by cvm, though their API is VPC's", () => {
  const associate = { service: "vpc", action: "AssociateAddress", resources: [] };
  expect(isAllowed(coreWith([{ action: "cvm:AssociateAddress" }]), "role", associate)).toBe(true);
  expect(isAllowed(coreWith([{ action: "vpc:*" }]), "role", associate)).toBe(false);
});

test("a deny wins over an allow", () => {
  const core = coreWith([{ action: "vpc:*" }, { effect: "deny", action: "vpc:DescribeHaVips" }]);
  expect(isAllowed(core, "role", describeHaVips)).toBe(false);
});

test("a statement with resources allows calls about these and no others", () => {
  const core = coreWith([{ action: "vpc:*", resource: ["qcs::vpc:ap-singapore:uin/:eni/*"] }]);
  expect(isAllowed(core, "role", migrate("eni-11111111", "eni-22222222"))).toBe(true);
  expect(isAllowed(core, "role", describeHaVips)).toBe(false);
  const one = coreWith([{ action: "vpc:*", resource: [eni("eni-11111111", "*")] }]);
  expect(isAllowed(one, "role", migrate("eni-11111111"))).toBe(true);
  expect(isAllowed(one, "role", migrate("eni-11111111", "eni-22222222"))).toBe(false);
  const elsewhere = coreWith([{ action: "vpc:*", resource: ["qcs::vpc:ap-tokyo:uin/:eni/*"] }]);
  expect(isAllowed(elsewhere, "role", migrate("eni-11111111"))).toBe(false);
});

test("a deny of one resource refuses calls about it", () => {
  const core = coreWith([{ action: "vpc:*" }, { effect: "deny", action: "vpc:*", resource: eni("eni-22222222", "") }]);
  expect(isAllowed(core, "role", migrate("eni-11111111"))).toBe(true);
  expect(isAllowed(core, "role", migrate("eni-11111111", "eni-22222222"))).toBe(false);
});

test("a role without policies and an unknown role may do nothing", () => {
  const core = coreWith([{}]);
  core.state.roles.set("empty", { ...role, roleName: "empty", policyIds: [] });
  expect(isAllowed(core, "empty", describeHaVips)).toBe(false);
  expect(isAllowed(core, "nobody", describeHaVips)).toBe(false);
});

test("DescribeVpcTaskResult is denied to every role where that is assumed", () => {
  const ask = { service: "vpc", action: "DescribeVpcTaskResult", resources: [] };
  expect(isAllowed(coreWith([{}]), "role", ask)).toBe(true);
  for (const reading of ["denied", "no-such-action"] as const) {
    expect(isAllowed(coreWith([{}], { assumptions: { "describe-vpc-task-result": reading } }), "role", ask)).toBe(
      false,
    );
  }
});

test("a policy has its effect a minute after its attachment where that is assumed", () => {
  const assumptions = { "cam-propagation": "after-60-s" } as const;
  const after = (now: number) => isAllowed(coreWith([{}], { assumptions, attachedAt: 0, now }), "role", describeHaVips);
  expect(after(59_999)).toBe(false);
  expect(after(60_000)).toBe(true);
});
