import { expect, test } from "vitest";
import { haVip, privateIp, synthPair } from "./pair";

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
  const stack = synthPair({}, virtualIp);
  const addresses = Object.entries(stack.resource).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  expect(addresses.sort()).toEqual([...COMMON, ...own].sort());
});
