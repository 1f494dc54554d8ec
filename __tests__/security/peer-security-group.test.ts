import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { KeepalivedPair, type KeepalivedPairProps, PeerSecurityGroup } from "../../constructs/index";
import { haVip, node, PROPS, synthPair } from "../helpers/pair";
import { building, only, synth, types } from "../helpers/synth";

describe("a security group of the pair's own", () => {
  test("lets everything pass between the two nodes, and the service in", () => {
    const ingress = [{ protocol: "TCP", port: "80,443", cidrBlock: "0.0.0.0/0" }] as const;
    const rules = only(synthPair({ ingress }), "tencentcloud_security_group_rule_set");
    expect(rules["ingress"]).toMatchObject([
      { action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: "10.0.1.11/32" },
      { action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: "10.0.1.12/32" },
      { action: "ACCEPT", protocol: "TCP", port: "80,443", cidr_block: "0.0.0.0/0" },
    ]);
    expect(rules["egress"]).toMatchObject([
      { action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: "10.0.1.11/32" },
      { action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: "10.0.1.12/32" },
      { action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: "0.0.0.0/0" },
    ]);
  });

  test.each([
    [
      "a source that is no network",
      { protocol: "TCP", port: "80", cidrBlock: "everywhere" },
      /'ingress\[0\]\.cidrBlock'/,
    ],
    [
      "a port that is not a number",
      { protocol: "TCP", port: "http", cidrBlock: "0.0.0.0/0" },
      /'ingress\[0\]\.port'.*"http"/,
    ],
    [
      "a list with a range in it",
      { protocol: "TCP", port: "80,8000-8010", cidrBlock: "0.0.0.0/0" },
      /'ingress\[0\]\.port'.*got "80,8000-8010": .*two rules/,
    ],
    ["a range from its end", { protocol: "TCP", port: "8010-8000", cidrBlock: "0.0.0.0/0" }, /'ingress\[0\]\.port'/],
    ["a port out of range", { protocol: "UDP", port: "70000", cidrBlock: "0.0.0.0/0" }, /'ingress\[0\]\.port'/],
    ["a port with ICMP", { protocol: "ICMP", port: "80", cidrBlock: "0.0.0.0/0" }, /must be ALL with protocol ICMP/],
  ] as const)("refuses %s", (_, rule, message) => {
    expect(() => synthPair({ ingress: [rule] })).toThrow(message);
  });
});

test.each(["web-1", "10.0.1.11/32", "10.0.1", ""])("refuses %j for a node's address", (address) => {
  const build = (scope: Construct) => new PeerSecurityGroup(scope, "Group", { nodeAddresses: ["10.0.1.11", address] });
  expect(building(build)).toThrow(/'nodeAddresses\[1\]' must be an IPv4 address, got /);
});

describe("a security group", () => {
  const securityGroup = PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" });

  test("that exists is used, with nothing to wait for", () => {
    const stack = synthPair({ securityGroup });
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_security_group"))).toEqual([]);
    expect(node(stack, "Primary")["orderly_security_groups"]).toEqual(["sg-1"]);
    const awaited = node(stack, "Primary")["depends_on"];
    expect(awaited).toContainEqual(expect.stringContaining("cam_role_policy_attachment"));
    expect(awaited).not.toContainEqual(expect.stringContaining("security_group"));
  });

  test.each<[keyof KeepalivedPairProps]>([["ingress"], ["egress"]])(
    "refuses %s rules beside one that exists",
    (prop) => {
      expect(() => synthPair({ securityGroup, [prop]: [] })).toThrow(
        new RegExp(`'${prop}' goes with a new security group only`),
      );
    },
  );

  test("of its own lets out what is said, and the peer always", () => {
    const stack = synthPair({ egress: [{ protocol: "TCP", port: "443", cidrBlock: "0.0.0.0/0", description: "API" }] });
    expect(only(stack, "tencentcloud_security_group_rule_set")["egress"]).toMatchObject([
      { cidr_block: "10.0.1.11/32", protocol: "ALL" },
      { cidr_block: "10.0.1.12/32", protocol: "ALL" },
      { cidr_block: "0.0.0.0/0", protocol: "TCP", port: "443", description: "API" },
    ]);
  });

  test("that is another construct of the stack is waited for", () => {
    const stack = synth((scope) => {
      const nodeAddresses = ["10.0.1.11", "10.0.1.12"];
      const securityGroup = new PeerSecurityGroup(scope, "Peers", { nodeAddresses });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), securityGroup });
    });
    expect(node(stack, "Secondary")["depends_on"]).toContainEqual(
      expect.stringMatching(/^tencentcloud_security_group_rule_set\.Peers_/),
    );
  });

  test("refuses a name that the provider does not take", () => {
    const props = { nodeAddresses: [], name: "n".repeat(61) };
    expect(building((scope) => new PeerSecurityGroup(scope, "Peers", props))).toThrow(
      /'securityGroup\.name' must have 1 to 60 characters/,
    );
  });

  test("refuses an egress rule that is not valid", () => {
    expect(() => synthPair({ egress: [{ protocol: "TCP", cidrBlock: "x" }] })).toThrow(/'egress\[0\]\.cidrBlock'/);
  });
});
