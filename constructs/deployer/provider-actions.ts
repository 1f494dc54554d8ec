/** The actions that the provider calls for a resource, in CAM's words: `cvm:AllocateAddresses` for one of the VPC API. */
export interface ResourceActions {
  readonly create: readonly string[];
  readonly read: readonly string[];
  /** For changes of the arguments that the constructs set. */
  readonly update: readonly string[];
  readonly delete: readonly string[];
}

/** What the provider calls for tags, whatever has them. */
const TAGS = ["tag:ModifyResourceTags"];
const TAGS_READ = ["tag:DescribeResourceTagsByResourceIds"];

/**
 * By type of resource, for those that the constructs make. Source: the provider's code, 1.83.25; a test compares it with
 * what the provider calls in a deploy, changes and a destroy. CAM lists actions on EIPs under cvm.
 *
 * What would be called for a change that a plan leaves alone is not here, such as `cvm:ResetInstance`, which formats the
 * disks of a node.
 */
export const RESOURCE_ACTIONS: Readonly<Record<string, ResourceActions>> = {
  tencentcloud_vpc: {
    create: ["vpc:CreateVpc", ...TAGS],
    read: ["vpc:DescribeVpcs", "vpc:DescribeRouteTables", ...TAGS_READ],
    update: ["vpc:ModifyVpcAttribute", ...TAGS],
    delete: ["vpc:DeleteVpc"],
  },
  tencentcloud_subnet: {
    create: ["vpc:CreateSubnet", "vpc:ModifySubnetAttribute", ...TAGS],
    read: ["vpc:DescribeSubnets", ...TAGS_READ],
    update: ["vpc:ModifySubnetAttribute", ...TAGS],
    delete: ["vpc:DeleteSubnet"],
  },
  tencentcloud_placement_group: {
    create: ["cvm:CreateDisasterRecoverGroup", ...TAGS],
    read: ["cvm:DescribeDisasterRecoverGroups"],
    update: ["cvm:ModifyDisasterRecoverGroupAttribute", ...TAGS],
    delete: ["cvm:DeleteDisasterRecoverGroups"],
  },
  tencentcloud_security_group: {
    create: ["vpc:CreateSecurityGroup", ...TAGS],
    read: ["vpc:DescribeSecurityGroups", ...TAGS_READ],
    update: ["vpc:ModifySecurityGroupAttribute", ...TAGS],
    delete: ["vpc:DescribeSecurityGroupAssociationStatistics", "vpc:DeleteSecurityGroup"],
  },
  tencentcloud_security_group_rule_set: {
    create: ["vpc:ModifySecurityGroupPolicies"],
    read: ["vpc:DescribeSecurityGroupPolicies"],
    update: ["vpc:ModifySecurityGroupPolicies"],
    delete: ["vpc:ModifySecurityGroupPolicies"],
  },
  tencentcloud_key_pair: {
    create: ["cvm:ImportKeyPair", ...TAGS],
    read: ["cvm:DescribeKeyPairs", ...TAGS_READ],
    update: ["cvm:ModifyKeyPairAttribute", ...TAGS],
    delete: ["cvm:DeleteKeyPairs"],
  },
  tencentcloud_instance: {
    create: ["cvm:RunInstances", "cam:PassRole", ...TAGS],
    read: [
      "cvm:DescribeInstances",
      "cvm:DescribeInstancesAttributes",
      "cvm:DescribeImages",
      "cbs:DescribeDisks",
      ...TAGS_READ,
    ],
    update: [
      "cvm:ModifyInstancesAttribute",
      "cvm:ModifyInstancesChargeType",
      "cvm:ModifyInstancesDisasterRecoverGroup",
      "cvm:ModifyInstancesProject",
      "cvm:ModifyInstancesRenewFlag",
      "cvm:ResetInstancesType",
      "cvm:ResizeInstanceDisks",
      "cvm:StartInstances",
      "cvm:StopInstances",
      "cbs:ResizeDisk",
      ...TAGS,
    ],
    delete: ["cvm:TerminateInstances", "vpc:DescribeUsedIpAddress"],
  },
  tencentcloud_ha_vip: {
    create: ["vpc:CreateHaVip"],
    read: ["vpc:DescribeHaVips"],
    update: ["vpc:ModifyHaVipAttribute"],
    delete: ["vpc:DeleteHaVip"],
  },
  tencentcloud_ha_vip_eip_attachment: {
    create: ["vpc:HaVipAssociateAddressIp"],
    read: ["vpc:DescribeHaVips"],
    update: [],
    delete: ["vpc:HaVipDisassociateAddressIp"],
  },
  tencentcloud_ha_vip_instance_attachment: {
    create: ["vpc:AssociateHaVipInstance"],
    read: ["vpc:DescribeHaVips"],
    update: [],
    delete: ["vpc:DisassociateHaVipInstance"],
  },
  tencentcloud_eip: {
    create: ["cvm:AllocateAddresses", "vpc:DescribeTaskResult", ...TAGS],
    read: ["cvm:DescribeAddresses", "vpc:DescribeBandwidthPackages", ...TAGS_READ],
    update: [
      "cvm:ModifyAddressAttribute",
      "cvm:ModifyAddressInternetChargeType",
      "cvm:ModifyAddressesBandwidth",
      ...TAGS,
    ],
    delete: ["cvm:DisassociateAddress", "cvm:ReleaseAddresses"],
  },
  tencentcloud_eip_association: {
    create: ["cvm:AssociateAddress"],
    read: ["cvm:DescribeAddresses"],
    update: [],
    delete: ["cvm:DisassociateAddress", "vpc:DescribeTaskResult"],
  },
  tencentcloud_eni: {
    create: ["vpc:CreateNetworkInterface", ...TAGS],
    read: ["vpc:DescribeNetworkInterfaces"],
    update: ["vpc:ModifyNetworkInterfaceAttribute", ...TAGS],
    delete: ["vpc:DeleteNetworkInterface"],
  },
  tencentcloud_cam_role: {
    create: ["cam:CreateRole", ...TAGS],
    read: ["cam:DescribeRoleList", ...TAGS_READ],
    update: ["cam:UpdateAssumeRolePolicy", "cam:UpdateRoleDescription", ...TAGS],
    delete: ["cam:DeleteRole"],
  },
  tencentcloud_cam_policy: {
    create: ["cam:CreatePolicy"],
    read: ["cam:GetPolicy"],
    update: ["cam:UpdatePolicy"],
    delete: ["cam:DeletePolicy"],
  },
  tencentcloud_cam_role_policy_attachment: {
    create: ["cam:AttachRolePolicy"],
    read: ["cam:ListAttachedRolePolicies"],
    update: [],
    delete: ["cam:DetachRolePolicy"],
  },
};

/** The same for data sources, which are read only. */
export const DATA_SOURCE_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  tencentcloud_enis: ["vpc:DescribeNetworkInterfaces"],
  // For an image that was made of snapshots.
  tencentcloud_images: ["cvm:DescribeImages", "cbs:DescribeSnapshots"],
  tencentcloud_instance_types: ["cvm:DescribeZoneInstanceConfigInfos"],
};
