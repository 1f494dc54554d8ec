import type { Finder } from "../finder.ts";
import { CAM_POLICY, CAM_ROLE, CAM_ROLE_POLICY_ATTACHMENT } from "./access.ts";
import { EIP, EIP_ASSOCIATION, ENI, HA_VIP, HA_VIP_EIP_ATTACHMENT, HA_VIP_INSTANCE_ATTACHMENT } from "./addresses.ts";
import { SECURITY_GROUP, SECURITY_GROUP_RULE_SET, SUBNET, VPC } from "./network.ts";
import { INSTANCE, KEY_PAIR, PLACEMENT_GROUP } from "./nodes.ts";

/** How what the constructs make is found in the cloud, by the type of the resource. */
export const FINDERS: Readonly<Record<string, Finder>> = {
  tencentcloud_cam_policy: CAM_POLICY,
  tencentcloud_cam_role: CAM_ROLE,
  tencentcloud_cam_role_policy_attachment: CAM_ROLE_POLICY_ATTACHMENT,
  tencentcloud_eip: EIP,
  tencentcloud_eip_association: EIP_ASSOCIATION,
  tencentcloud_eni: ENI,
  tencentcloud_ha_vip: HA_VIP,
  tencentcloud_ha_vip_eip_attachment: HA_VIP_EIP_ATTACHMENT,
  tencentcloud_ha_vip_instance_attachment: HA_VIP_INSTANCE_ATTACHMENT,
  tencentcloud_instance: INSTANCE,
  tencentcloud_key_pair: KEY_PAIR,
  tencentcloud_placement_group: PLACEMENT_GROUP,
  tencentcloud_security_group: SECURITY_GROUP,
  tencentcloud_security_group_rule_set: SECURITY_GROUP_RULE_SET,
  tencentcloud_subnet: SUBNET,
  tencentcloud_vpc: VPC,
};
