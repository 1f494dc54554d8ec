import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { KeepalivedPair, PairctlRole, type PairctlRoleProps, SecondaryPrivateIp } from "../../constructs/index";
import { TencentcloudProvider } from "../../constructs/provider";
import { haVip, node, privateIp, PROPS, settingsOf, synthPair } from "../helpers/pair";
import { building, named, only, SUBNET, synth, type Synthesized, types } from "../helpers/synth";

/** A stack of an app, with a provider, and in it a role by which two stacks of one account get into each other's way. */
function roleIn(app: App, stackName: string, provider: { region: string; profile?: string }): PairctlRole {
  const stack = new TerraformStack(app, stackName);
  new TencentcloudProvider(stack, "Tencentcloud", provider);
  return new PairctlRole(stack, "Role", { mechanism: "havip", name: "web-hook" });
}

test("refuses two roles of one name in two regions: an account has each name once", () => {
  const app = new App();
  roleIn(app, "singapore", { region: "ap-singapore" });
  expect(() => roleIn(app, "tokyo", { region: "ap-tokyo" })).toThrow(
    /'role\.name' belongs to singapore\/Role already, .* in all regions together, got "web-hook": give/,
  );
});

test("takes two roles of one name where the stacks are of two accounts", () => {
  const app = new App();
  roleIn(app, "dev", { region: "ap-singapore", profile: "dev" });
  expect(() => roleIn(app, "prod", { region: "ap-singapore", profile: "prod" })).not.toThrow();
});

test("refuses a third role whose name another stack of its account has, whatever other accounts have it too", () => {
  const app = new App();
  roleIn(app, "dev", { region: "ap-singapore", profile: "dev" });
  roleIn(app, "prod", { region: "ap-singapore", profile: "prod" });
  expect(() => roleIn(app, "tokyo", { region: "ap-tokyo", profile: "prod" })).toThrow(
    /'role\.name' belongs to prod\/Role already/,
  );
});

describe("a role", () => {
  test("that exists is used, and its needs are known", () => {
    const stack = synthPair({ role: PairctlRole.fromRoleAttributes({ roleName: "ours" }) }, privateIp);
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_cam"))).toEqual([]);
    expect(node(stack, "Primary")["cam_role_name"]).toBe("ours");
    expect(settingsOf(stack, "Primary")["roleName"]).toBe("ours");
    expect(PairctlRole.actions("secondary-private-ip")).toContain("vpc:MigratePrivateIpAddress");
    expect(PairctlRole.actions("havip")).toEqual(["vpc:DescribeHaVips"]);
  });

  /** The actions that the policy of a stack's one role allows. */
  const allowed = (stack: Synthesized): string[] =>
    JSON.parse(only(stack, "tencentcloud_cam_policy")["document"] as string).statement[0].action;
  const roleWith = (props: Partial<PairctlRoleProps>) =>
    synth((scope) => void new PairctlRole(scope, "Role", { mechanism: "secondary-private-ip", ...props }));
  const MOVE = ["vpc:DescribeNetworkInterfaces", "vpc:MigratePrivateIpAddress", "vpc:AssignPrivateIpAddresses"];

  test("may do what the ways take that are enabled, and nothing else", () => {
    expect(allowed(roleWith({}))).toEqual(PairctlRole.actions("secondary-private-ip"));
    expect(allowed(roleWith({ ways: ["move"] }))).toEqual(MOVE);
    expect(allowed(roleWith({ ways: ["unbind-eip", "move"] }))).toEqual([
      ...MOVE,
      "cvm:DescribeAddresses",
      "cvm:DisassociateAddress",
    ]);
    expect(allowed(roleWith({ mechanism: "havip" }))).toEqual(["vpc:DescribeHaVips"]);
  });

  test("of a pair without an EIP may not touch EIPs", () => {
    const withoutEip = (scope: Construct) =>
      new SecondaryPrivateIp(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", parkingIp: "10.0.1.101" });
    expect(allowed(synthPair({}, withoutEip))).toEqual([...MOVE, "vpc:UnassignPrivateIpAddresses"]);
    expect(allowed(synthPair({}, privateIp))).toEqual(PairctlRole.actions("secondary-private-ip"));
  });

  test("calls an action as CAM does in the account, where that is not as documented", () => {
    const camActions = { AssociateAddress: "vpc:AssociateAddress", MigratePrivateIpAddress: "vpc:Migrate*" };
    expect(allowed(roleWith({ ways: ["move", "bind-eip"], camActions }))).toEqual([
      "vpc:DescribeNetworkInterfaces",
      "vpc:Migrate*",
      "vpc:AssignPrivateIpAddresses",
      "vpc:AssociateAddress",
    ]);
  });

  test.each<[string, object, RegExp]>([
    [
      "without the way that moves the address",
      { ways: ["bind-eip"] },
      /'role\.ways' must have "move" with mechanism sec/,
    ],
    ["with ways of the other mechanism", { mechanism: "havip", ways: ["move"] }, /'role\.ways' must have "report"/],
    [
      "with an unknown way",
      { ways: ["move", "teleport"] },
      /'ways\[1\]' must be one of report, move, .*got "teleport"/,
    ],
    [
      "with a name of no action",
      { camActions: { Teleport: "vpc:X" } },
      /'role\.camActions' must be of actions .*"Teleport"/,
    ],
    [
      "with an action of no service",
      { camActions: { AssociateAddress: "AssociateAddress" } },
      /'role\.camActions\.AssociateAddress' must be a service and an action .*: write it such as "vpc:AssociateAddress"/,
    ],
    [
      "with a name that is no text",
      { camActions: { AssociateAddress: 5 } },
      /'role\.camActions\.AssociateAddress' must be/,
    ],
  ])("refuses to be made %s", (_, props, message) => {
    expect(() => roleWith(props)).toThrow(message);
  });

  test("that is another construct of the stack is waited for, and must be of the pair's mechanism", () => {
    const withRole = (virtualIp: typeof haVip) =>
      synth((scope) => {
        const role = new PairctlRole(scope, "Role", { mechanism: "havip" });
        new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: virtualIp(scope), role });
      });
    expect(node(withRole(haVip), "Primary")["depends_on"]).toContainEqual(
      expect.stringMatching(/^tencentcloud_cam_role_policy_attachment\.Role_/),
    );
    expect(() => withRole(privateIp)).toThrow(
      /'role' must allow what mechanism secondary-private-ip needs, got "havip"/,
    );
  });

  test("is not needed with a HAVIP", () => {
    const stack = synthPair({ role: "none" });
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_cam"))).toEqual([]);
    expect(node(stack, "Primary")).not.toHaveProperty("cam_role_name");
    expect(settingsOf(stack, "Primary")).not.toHaveProperty("roleName");
  });

  test("refuses to go without where pairctl has to move the address", () => {
    expect(() => synthPair({ role: "none" }, privateIp)).toThrow(
      /'role' must be a role with mechanism secondary-private-ip, since .*: leave it out/,
    );
  });

  test("refuses a name that another role of the stack has, as two pairs of one name would", () => {
    expect(
      building((scope) => {
        new PairctlRole(scope, "One", { mechanism: "havip", name: "nodes" });
        new PairctlRole(scope, "Two", { mechanism: "havip", name: "nodes" });
      }),
    ).toThrow(
      /'role\.name' belongs to test\/One already, and an account has each name once, in all regions together, got "nodes"/,
    );
  });

  test.each([
    ["with a slash and a blank", "a/b c"],
    ["without a character", ""],
    ["with another alphabet", "rôle"],
    ["of two lines", "web\nhook"],
    ["that looks like a template", "a${x}"],
    ["that is too long", "n".repeat(129)],
  ])("refuses a name %s, new or brought, which CAM does not take", (_, name) => {
    const problem = "must be a name as CAM takes it: 1 to 128 letters, digits and any of + = , . @ _ -, got ";
    expect(building((scope) => new PairctlRole(scope, "Role", { mechanism: "havip", name }))).toThrow(
      `test/Role: 'role.name' ${problem}`,
    );
    expect(() => PairctlRole.fromRoleAttributes({ roleName: name })).toThrow(
      `PairctlRole.fromRoleAttributes: 'roleName' ${problem}`,
    );
    expect(() => synthPair({ role: { roleName: name } })).toThrow(`test/Pair: 'role.roleName' ${problem}`);
  });

  test("refuses the construct's id where CAM does not take it for the name", () => {
    expect(building((scope) => new PairctlRole(scope, "our role", { mechanism: "havip" }))).toThrow(
      /'role\.name' must be a name as CAM takes it.*got "our role"/,
    );
  });

  test("takes every character that CAM takes, 128 of them, and a name that is known only at apply", () => {
    const stack = synth((scope) => {
      new PairctlRole(scope, "Role", { mechanism: "havip", name: `web+=,.@_-${"n".repeat(118)}` });
      const name = new TerraformVariable(scope, "name", { type: "string" }).stringValue;
      new PairctlRole(scope, "Later", { mechanism: "havip", name });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), role: { roleName: "${var.name}" } });
    });
    expect(node(stack, "Primary")["cam_role_name"]).toBe("${var.name}");
    expect(named(stack, "tencentcloud_cam_role", "Later_")["name"]).toBe("${var.name}");
  });
});
