import { CAM_POLICY, CAM_ROLE, CAM_ROLE_POLICY_ATTACHMENT, KEY_PAIR, PLACEMENT_GROUP } from "./access.ts";
import { EIP, EIP_ASSOCIATION, ENI, HA_VIP, HA_VIP_EIP_ATTACHMENT, HA_VIP_INSTANCE_ATTACHMENT } from "./addresses.ts";
import { INSTANCE } from "./instance.ts";
import { SECURITY_GROUP, SECURITY_GROUP_RULE_SET, SUBNET, VPC } from "./network.ts";
import { nothing, RECORD, type ResourceRules, rows } from "./rule.ts";

/** What the constructs keep in Terraform's state: what was deployed first, and what was found in the cloud. */
const TERRAFORM_DATA: ResourceRules = {
  noun: "record in Terraform's state",
  created: RECORD,
  deleted: RECORD,
  replaced: nothing("what it is about is looked up in the cloud again, and noted in Terraform's state"),
  attributes: { ...rows("computed", "id", "output"), input: RECORD, triggers_replace: "replaces" },
};

/** What a change does, by the type of the resource, and there by the attribute: the provider's, version 1.83.25. */
export const RULES: Readonly<Record<string, ResourceRules>> = {
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
  terraform_data: TERRAFORM_DATA,
};

export type { AttributeRule, Judgement, ResourceRules, Situation } from "./rule.ts";
