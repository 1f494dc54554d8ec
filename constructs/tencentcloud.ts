/** The only importer of the provider's bindings: a change of theirs is met here. */
export { CamPolicy } from "@cdktf/provider-tencentcloud/lib/cam-policy";
export { CamRole } from "@cdktf/provider-tencentcloud/lib/cam-role";
export { CamRolePolicyAttachment } from "@cdktf/provider-tencentcloud/lib/cam-role-policy-attachment";
export { Eip } from "@cdktf/provider-tencentcloud/lib/eip";
export { EipAssociation } from "@cdktf/provider-tencentcloud/lib/eip-association";
export { Eni } from "@cdktf/provider-tencentcloud/lib/eni";
export { HaVip as HaVipResource } from "@cdktf/provider-tencentcloud/lib/ha-vip";
export { HaVipEipAttachment } from "@cdktf/provider-tencentcloud/lib/ha-vip-eip-attachment";
export { HaVipInstanceAttachment } from "@cdktf/provider-tencentcloud/lib/ha-vip-instance-attachment";
export { Instance } from "@cdktf/provider-tencentcloud/lib/instance";
export { PlacementGroup } from "@cdktf/provider-tencentcloud/lib/placement-group";
export { TencentcloudProvider } from "@cdktf/provider-tencentcloud/lib/provider";
export { SecurityGroup } from "@cdktf/provider-tencentcloud/lib/security-group";
export { SecurityGroupRuleSet } from "@cdktf/provider-tencentcloud/lib/security-group-rule-set";
export { Subnet } from "@cdktf/provider-tencentcloud/lib/subnet";
export { Vpc } from "@cdktf/provider-tencentcloud/lib/vpc";
