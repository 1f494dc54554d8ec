import { expect, test } from "vitest";
import { Eip, HaVip, KeyPair, Network } from "../../constructs/index";
import { haVip, privateIp, synthPair } from "../helpers/pair";
import { synth, type Synthesized } from "../helpers/synth";

/** Terraform's addresses of everything that a pair with its virtual IP makes. A renamed one destroys a machine. */
const COMMON = [
  "tencentcloud_cam_policy.Pair_HookRole_Policy_94B73024",
  "tencentcloud_cam_role.Pair_HookRole_F5DA92FE",
  "tencentcloud_cam_role_policy_attachment.Pair_HookRole_PolicyAttachment_BDD8622C",
  "tencentcloud_instance.Pair_Primary_09DFE33C",
  "tencentcloud_instance.Pair_Secondary_2A970D76",
  "tencentcloud_placement_group.Pair_PlacementGroup_44CCFA66",
  "tencentcloud_security_group.Pair_SecurityGroup_6BAD1912",
  "tencentcloud_security_group_rule_set.Pair_SecurityGroup_Rules_289211E6",
  "terraform_data.Pair_Identity_Deployed_52D1E82B",
  "terraform_data.Pair_InstanceTypeCheck_Found_FE5B8D09",
  "terraform_data.Pair_PlacementGroup_Identity_Deployed_346FFFA3",
];

test.each([
  [
    "havip",
    haVip,
    [
      "tencentcloud_ha_vip.Vip_HaVip_626BA935",
      "tencentcloud_ha_vip_instance_attachment.Vip_PrimaryAttachment_E08CB5AF",
      "tencentcloud_ha_vip_instance_attachment.Vip_SecondaryAttachment_CA1D1C40",
    ],
  ],
  [
    "secondary-private-ip",
    privateIp,
    [
      "tencentcloud_eip.Vip_Eip_FE1C3B0C",
      "tencentcloud_eip_association.Vip_EipAssociation_A444CD96",
      "tencentcloud_eni.Vip_ParkingEni_96218C87",
    ],
  ],
])("no resource of a pair with %s has changed its address", (_, virtualIp, own) => {
  expect(addressesOf(synthPair({}, virtualIp))).toEqual([...COMMON, ...own].sort());
});

test("no resource beside a pair has changed its address", () => {
  const stack = synth((scope) => {
    const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24" };
    const { subnet } = new Network(scope, "Network", { ...cidrs, availabilityZone: "ap-singapore-1" });
    new HaVip(scope, "Vip", { subnet, vip: "10.0.1.100", eip: { bandwidthMbps: 5 } });
    new Eip(scope, "Address", { bandwidthMbps: 5 });
    new KeyPair(scope, "Ops", { publicKey: "ssh-ed25519 AAAA" });
  });
  expect(addressesOf(stack)).toEqual([
    "tencentcloud_eip.Address_Eip_2FB249FF",
    "tencentcloud_eip.Vip_Eip_FE1C3B0C",
    "tencentcloud_ha_vip.Vip_HaVip_626BA935",
    "tencentcloud_ha_vip_eip_attachment.Vip_EipAttachment_F5DDB382",
    "tencentcloud_key_pair.Ops_KeyPair_8A7D41B3",
    "tencentcloud_subnet.Network_Subnet_8D9C3287",
    "tencentcloud_vpc.Network_Vpc_FAC8F4A5",
    "terraform_data.Network_Identity_Deployed_D3B0A6BA",
  ]);
});

test("no look-up of an image has changed its address", () => {
  const stack = synthPair({ imageId: undefined, imageNameRegex: "^Debian" });
  expect(Object.keys(stack.data?.["tencentcloud_images"] ?? {})).toEqual(["Pair_Image_BEEE8287"]);
  expect(addressesOf(stack)).toContain("terraform_data.Pair_ImageCheck_Found_CB28B900");
});

function addressesOf(stack: Synthesized): string[] {
  const addresses = Object.entries(stack.resource).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  return addresses.sort();
}
