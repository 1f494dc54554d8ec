import { App, TerraformStack } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  Eip,
  HaVip,
  KeepalivedPair,
  type KeepalivedPairProps,
  KeyPair,
  Network,
  PairctlRole,
  PeerSecurityGroup,
  PlacementGroup,
  SecondaryPrivateIp,
} from "../../constructs/index";
import { haVip, node, privateIp, PROPS, settingsOf, synthPair } from "../helpers/pair";
import { building, SUBNET, synth, types } from "../helpers/synth";

/** What is said at synth about a pair with these props. */
function notices(props: Partial<KeepalivedPairProps>): string[] {
  const stack = new TerraformStack(new App(), "test");
  const pair = new KeepalivedPair(stack, "Pair", { ...PROPS, virtualIp: haVip(stack), ...props });
  return pair.node.metadata.map(({ data }) => String(data));
}

test("nothing is said about a pair whose parts are its own", () => {
  expect(notices({})).toEqual([]);
});

test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
  [
    "what a brought role must allow",
    { role: PairctlRole.fromRoleAttributes({ roleName: "ours" }) },
    /must allow vpc:DescribeHaVips, and be assumable by cvm\.qcloud\.com/,
  ],
  [
    "what a brought security group must let pass",
    { securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" }) },
    /between 10\.0\.1\.11 and 10\.0\.1\.12, both ways/,
  ],
  ["what must stay open where egress is closed", { egress: [] }, /package repositories.*169\.254\.0\.23:80.*port 443/],
])("it is said %s", (_, props, message) => {
  expect(notices(props)).toEqual([expect.stringMatching(message)]);
});

test("a pair of brought parts alone makes two instances, and what ties them to their address", () => {
  const brought = {
    placementGroup: PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-1" }),
    securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" }),
    role: PairctlRole.fromRoleAttributes({ roleName: "ours" }),
    keyPairs: [KeyPair.fromKeyPairAttributes({ keyId: "skey-1" })],
  };
  const eip = Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" });
  const subnet = Network.fromSubnetAttributes(SUBNET);
  const havip = synth((scope) => {
    const attributes = { haVipId: "havip-1", vip: "10.0.1.100", subnet, eip };
    const virtualIp = HaVip.fromHaVipAttributes(scope, "Vip", attributes);
    new KeepalivedPair(scope, "Pair", { ...PROPS, ...brought, virtualIp });
  });
  expect(types(havip)).toEqual([
    "tencentcloud_ha_vip_eip_attachment",
    "tencentcloud_ha_vip_instance_attachment",
    "tencentcloud_instance",
    "terraform_data",
  ]);
  expect(node(havip, "Primary")["depends_on"]).toEqual([
    expect.stringMatching(/^terraform_data\.Pair_InstanceTypeCheck_/),
  ]);
  const parked = synth((scope) => {
    const virtualIp = new SecondaryPrivateIp(scope, "Vip", { vip: "10.0.1.100", parkingIp: "10.0.1.101", subnet, eip });
    new KeepalivedPair(scope, "Pair", { ...PROPS, ...brought, virtualIp });
  });
  expect(types(parked)).toEqual([
    "tencentcloud_eip_association",
    "tencentcloud_eni",
    "tencentcloud_instance",
    "terraform_data",
  ]);
});

test("what another resource of the stack makes is brought along with what the nodes wait for", () => {
  const ready = { fqn: "tencentcloud_sleep.Rules" };
  const stack = synthPair({
    securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1", ready }),
    role: PairctlRole.fromRoleAttributes({ roleName: "ours", mechanism: "havip", ready }),
    checkInstanceType: false,
  });
  expect(node(stack, "Primary")["depends_on"]).toEqual([ready.fqn, ready.fqn]);
});

describe("the role of pairctl", () => {
  test("is a new one by default, named after the pair, which may do what the mechanism needs and nothing more", () => {
    const stack = synthPair({ name: "web" });
    const [role] = Object.values(stack.resource["tencentcloud_cam_role"] ?? {});
    expect(role?.["name"]).toBe("web-hook");
    expect(settingsOf(stack, "Primary")["roleName"]).toBe("web-hook");
    const [policy] = Object.values(stack.resource["tencentcloud_cam_policy"] ?? {});
    const { statement } = JSON.parse(String(policy?.["document"])) as { statement: { action: string[] }[] };
    expect(statement.flatMap(({ action }) => action)).toEqual(["vpc:DescribeHaVips"]);
  });

  test("is none where the user wants none with a HAVIP, which moves without the API", () => {
    const stack = synthPair({ role: "none" });
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_cam"))).toEqual([]);
    expect(settingsOf(stack, "Primary")).not.toHaveProperty("roleName");
    expect(node(stack, "Primary")).not.toHaveProperty("cam_role_name");
  });

  test("may be one for the pair's mechanism: nothing is said of it then", () => {
    const role = PairctlRole.fromRoleAttributes({ roleName: "ours", mechanism: "havip" });
    expect(notices({ role })).toEqual([]);
    expect(settingsOf(synthPair({ role }), "Secondary")["roleName"]).toBe("ours");
  });
});

describe("refuses", () => {
  const group = PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" });
  const ports = [{ protocol: "TCP" as const, port: "80", cidrBlock: "0.0.0.0/0" }];

  test.each<[string, Partial<KeepalivedPairProps>, string]>([
    [
      "inbound rules for a brought security group, which stay out of it",
      { securityGroup: group, ingress: ports },
      "'ingress' goes with a new security group only",
    ],
    [
      "outbound rules for a brought one, also no rules at all",
      { securityGroup: group, egress: [] },
      "'egress' goes with a new security group only",
    ],
  ])("%s", (_, props, message) => {
    expect(() => synthPair(props)).toThrow(`test/Pair: ${message}`);
    expect(() => synthPair(props)).toThrow(/: add the rules to the brought one$/);
  });

  test("a security group of ours that lets other nodes' VRRP pass, and blocks this pair's", () => {
    expect(
      building((scope) => {
        const securityGroup = new PeerSecurityGroup(scope, "Group", {
          name: "other",
          nodeAddresses: ["10.0.1.21", "10.0.1.22"],
        });
        new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), securityGroup });
      }),
    ).toThrow(/^test\/Pair: 'securityGroup' .*10\.0\.1\.21/);
  });

  test("no role with secondary-private-ip, since nobody could move the address", () => {
    expect(() => synthPair({ role: "none" }, privateIp)).toThrow(
      /^test\/Pair: 'role' must be a role with mechanism secondary-private-ip, .*: leave it out for a role of the pair's own/,
    );
  });

  test("a role that may not do what the mechanism needs", () => {
    const role = PairctlRole.fromRoleAttributes({ roleName: "ours", mechanism: "havip" });
    expect(() => synthPair({ role }, privateIp)).toThrow(
      "test/Pair: 'role' must allow what mechanism secondary-private-ip needs, got \"havip\": give the role that mechanism",
    );
  });
});
