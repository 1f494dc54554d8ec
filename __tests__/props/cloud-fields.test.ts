import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  HaVip,
  KeepalivedPair,
  type KeepalivedPairProps,
  Network,
  PeerSecurityGroup,
  SecondaryPrivateIp,
} from "../../constructs";
import { cloudId, instanceType, ipv4Address, region, zone } from "../../constructs/props/cloud-fields";
import { haVip, node, PROPS, synthPair } from "../helpers/pair";
import { building, SUBNET, synth } from "../helpers/synth";

test.each([
  [cloudId("img"), ["img-487zeit5"], ["debian-12", "img-xxxxxxxx", "img-", "", "ami-1234", "img_1"]],
  [cloudId("vpc"), ["vpc-1a2b3c4d"], ["vpc-xxxxxxxx", "default", "VPC"]],
  [cloudId("skey"), ["skey-1a2b3c4d"], ["ssh-ed25519 AAAA me@home", "skey-XXXXXXXX", "ops"]],
  [ipv4Address("10.0.1.11"), ["10.0.1.11", "203.0.113.7"], ["10.0.1.11/32", "10.0.1", "web-1", "::1", ""]],
  [zone(), ["ap-singapore-1", "ap-shanghai-fsi-1", "na-siliconvalley-2"], ["ap-singapore", "1", "", "AP-SINGAPORE-1"]],
  [region(), ["ap-singapore", "ap-shanghai-fsi", "eu-frankfurt"], ["ap-singapore-1", "singapore", "Singapore", ""]],
  [instanceType(), ["S5.MEDIUM2", "SN3ne.MEDIUM4", "GN10Xp.2XLARGE40"], ["S5", "t3.micro", "S5.medium2", ""]],
])("takes what the cloud writes, and refuses what it does not", (field, right, wrong) => {
  for (const value of right) expect(() => field.check("prop", value)).not.toThrow();
  for (const value of wrong) expect(() => field.check("prop", value)).toThrow(/^'prop' must be .*, got .*: ./);
  expect(() => field.check("prop", "${data.tencentcloud_x.y.id}")).not.toThrow();
});

describe("refuses a value that type-checks and is wrong:", () => {
  test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
    ["an image's name for its id", { imageId: "debian-12" }, /'imageId' must be an image's id.*imageNameRegex/],
    ["an empty image", { imageId: "" }, /'imageId' must be an image's id/],
    ["a zone for the region", { region: "ap-singapore-1" }, /'region' must be a region, without the number/],
    [
      "one host name for both nodes",
      { primary: { ...PROPS.primary, hostname: "db" }, secondary: { ...PROPS.secondary, hostname: "DB" } },
      /'secondary\.hostname' must not be the other node's, got "DB"/,
    ],
    [
      "the other node's default host name",
      { primary: { ...PROPS.primary, hostname: "pair-secondary" } },
      /'primary\.hostname' must not be the other node's, got "pair-secondary"/,
    ],
    ["a password that continues the line", { authPass: "\\" }, /'authPass' must be 1 to 8 printable/],
    ["an address with its prefix length", { primary: { privateIp: "10.0.1.11/24" } }, /leave \/24 out: 10\.0\.1\.11$/],
    ["a project id that is not an integer", { projectId: 1.5 }, /'projectId' must be an integer/],
  ])("%s", (_, props, message) => expect(() => synthPair(props)).toThrow(message));

  test("a region for a zone, and a placeholder for an id", () => {
    const subnet = (wrong: object) => () => Network.fromSubnetAttributes({ ...SUBNET, ...wrong });
    expect(subnet({ availabilityZone: "ap-singapore" })).toThrow(/'availabilityZone' must be a zone/);
    expect(subnet({ vpcId: "vpc-xxxxxxxx" })).toThrow(/'vpcId' must be a VPC's id/);
  });

  test("a VIP with its prefix length", () => {
    for (const type of [HaVip, SecondaryPrivateIp]) {
      const props = { subnet: SUBNET, vip: "10.0.1.100/24", parkingIp: "10.0.1.101" };
      const { parkingIp: _, ...havip } = props;
      const given = type === HaVip ? havip : props;
      expect(building((scope) => new type(scope, "Vip", given as never))).toThrow(
        /'vip' must be an address without a prefix length, got "10\.0\.1\.100\/24": leave \/24 out: 10\.0\.1\.100$/,
      );
    }
  });

  test("a security group of ours for other addresses, which would block VRRP", () => {
    const withGroup = (nodeAddresses: string[]) => (scope: Parameters<typeof haVip>[0]) => {
      const securityGroup = new PeerSecurityGroup(scope, "Peers", { nodeAddresses });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), securityGroup });
    };
    expect(building(withGroup(["10.0.1.11", "10.0.1.13"]))).toThrow(
      /'securityGroup' must let VRRP pass between the two nodes, got one for 10\.0\.1\.11 and 10\.0\.1\.13: make it with/,
    );
    expect(building(withGroup(["10.0.1.11", "10.0.1.12", "10.0.1.13"]))).not.toThrow();
  });
});

test("takes a value that is known only at apply", () => {
  const stack = synth((scope) => {
    const variable = (id: string) => new TerraformVariable(scope, id, { type: "string" }).stringValue;
    const props = { ...PROPS, imageId: variable("image"), instanceType: variable("type"), region: variable("region") };
    new KeepalivedPair(scope, "Pair", { ...props, virtualIp: haVip(scope) });
  });
  expect(node(stack, "Primary")).toMatchObject({ image_id: "${var.image}", instance_type: "${var.type}" });
});
