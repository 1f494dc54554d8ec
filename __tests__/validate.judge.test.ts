import type { Construct } from "constructs";
import { expect, test } from "vitest";
import {
  Eip,
  type EipProps,
  HaVip,
  HealthCheck,
  PairctlRole,
  KeepalivedPair,
  type KeepalivedPairProps,
  KeyPair,
  Network,
  PairOutputs,
  PeerSecurityGroup,
  PlacementGroup,
  SecondaryPrivateIp,
} from "../constructs";
import { haVip, node, PROPS } from "./helpers/pair";
import { SUBNET, synth, type Synthesized } from "./helpers/synth";
import { hasProvider } from "./helpers/provider";
import { validate } from "./helpers/terraform";

/** What is built in a stack of its own, by what an operator would call it. */
const FORMS: Record<string, (scope: Construct) => void> = {
  "a HAVIP in a new network, with a new public address": (scope) => {
    const { subnet } = new Network(scope, "Network", {
      cidrBlock: "10.0.0.0/16",
      subnetCidrBlock: "10.0.1.0/24",
      availabilityZone: "ap-singapore-1",
      tags: { team: "${ops} %{x}" },
    });
    const eip = { bandwidthMbps: 5, name: "web", tags: { team: "ops" } };
    const virtualIp = new HaVip(scope, "Vip", { subnet, vip: "10.0.1.100", eip });
    const pair = new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp, tags: { team: "ops" } });
    new PairOutputs(scope, "Outputs", { pair });
  },
  "a HAVIP, a role, a security group, a placement group and a subnet that exist": (scope) => {
    const virtualIp = HaVip.fromHaVipAttributes(scope, "Vip", {
      haVipId: "havip-12345678",
      subnet: SUBNET,
      vip: "10.0.1.100",
      eip: Eip.fromEipAttributes({ eipId: "eip-12345678", publicIp: "203.0.113.7" }),
    });
    const pair = new KeepalivedPair(scope, "Pair", {
      ...PROPS,
      virtualIp,
      role: PairctlRole.fromRoleAttributes({ roleName: "nodes" }),
      securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-12345678" }),
      placementGroup: PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-12345678" }),
      keyPairs: [KeyPair.fromKeyPairAttributes({ keyId: "skey-12345678" })],
    });
    new PairOutputs(scope, "Outputs", { pair });
  },
  "several private IPs, one with a public address, in a subnet of a VPC that exists": (scope) => {
    const { subnet } = new Network(scope, "Network", {
      vpc: Network.fromVpcAttributes({ vpcId: "vpc-12345678", cidrBlock: "10.0.0.0/16" }),
      subnetCidrBlock: "10.0.1.0/24",
      availabilityZone: "ap-singapore-1",
    });
    const privateIp = (id: string, vip: string, parkingIp: string, eip?: EipProps) =>
      new SecondaryPrivateIp(scope, id, { subnet, vip, parkingIp, eip });
    const pair = new KeepalivedPair(scope, "Pair", {
      ...PROPS,
      virtualIp: privateIp("Vip", "10.0.1.100", "10.0.1.101", {}),
      additionalVirtualIps: [privateIp("Other", "10.0.1.102", "10.0.1.103")],
    });
    new PairOutputs(scope, "Outputs", { pair });
  },
  "a node of everything that a machine can have": pairWith((scope) => ({
    imageId: undefined,
    imageNameRegex: "^Debian 12",
    instanceType: "S5.LARGE8",
    systemDisk: { type: "CLOUD_PREMIUM", sizeGb: 50 },
    dataDisks: [{ type: "CLOUD_SSD", sizeGb: 100, encrypt: true, deleteWithInstance: false }],
    keyPairs: [new KeyPair(scope, "Key", { publicKey: "ssh-ed25519 AAAA", keyName: "ops" })],
    terminationProtection: true,
    monitoringAgent: false,
    securityAgent: false,
    automationAgent: true,
    projectId: 7,
  })),
  "nodes that are paid in advance, with data disks": pairWith(() => ({
    prepaid: { periodMonths: 12, renewFlag: "NOTIFY_AND_AUTO_RENEW", forceDelete: true },
    dataDisks: [{ type: "CLOUD_SSD", sizeGb: 100 }],
  })),
  "rules for the traffic, checks, commands, and no role": pairWith(() => ({
    role: "none",
    ingress: [
      { protocol: "TCP", port: "80,443", cidrBlock: "0.0.0.0/0", description: "100 %{of it}" },
      { protocol: "UDP", port: "8000-8010", cidrBlock: "10.0.0.0/8" },
      { protocol: "ICMP", cidrBlock: "10.0.0.0/8" },
    ],
    egress: [{ protocol: "ALL", cidrBlock: "0.0.0.0/0" }],
    healthChecks: [HealthCheck.http("http://127.0.0.1/${x}"), HealthCheck.tcp(80)],
    notifyCommands: ['logger "${state} %{x}"'],
    cloudConfig: { packages: ["nginx"] },
  })),
  "nodes on other racks, with host names of their own": pairWith((scope) => ({
    placementGroup: new PlacementGroup(scope, "Racks", { type: "RACK", affinity: 2 }),
    primary: { ...PROPS.primary, hostname: "web-1" },
    secondary: { ...PROPS.secondary, hostname: "web-2" },
  })),
  "a public address of each way to pay": (scope) => {
    new Eip(scope, "Account");
    new Eip(scope, "Traffic", { bandwidthMbps: 100, internetServiceProvider: "CMCC" });
    new Eip(scope, "Bandwidth", { bandwidthMbps: 1, chargeType: "BANDWIDTH_POSTPAID_BY_HOUR" });
    const bandwidthPackage = { chargeType: "BANDWIDTH_PACKAGE", bandwidthPackageId: "bwp-12345678" } as const;
    new Eip(scope, "Package", { bandwidthMbps: 2000, ...bandwidthPackage });
  },
};

function pairWith(props: (scope: Construct) => Partial<KeepalivedPairProps>): (scope: Construct) => void {
  return (scope) => void new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), ...props(scope) });
}

test.runIf(hasProvider).each(Object.entries(FORMS))("Terraform and the provider take %s", (_, build) => {
  expect(validate(synth(build))).toEqual([]);
});

test.runIf(hasProvider)("the provider refuses a value that it does not know, so these tests can fail", () => {
  const stack: Synthesized = synth(pairWith(() => ({ prepaid: { periodMonths: 12 } })));
  node(stack, "Primary")["instance_charge_type_prepaid_period"] = 13;
  expect(validate(stack)).toMatchObject([{ severity: "error", summary: expect.stringContaining("got 13") }]);
});
