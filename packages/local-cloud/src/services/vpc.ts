import type { Action } from "../action.ts";
import { associateAddress, describeAddresses, disassociateAddress } from "./vpc/addresses.ts";
import {
  allocateAddresses,
  describeBandwidthPackages,
  modifyAddressAttribute,
  modifyAddressesBandwidth,
  releaseAddresses,
} from "./vpc/address-lifecycle.ts";
import { createHaVipAction, deleteHaVip, modifyHaVipAttribute } from "./vpc/ha-vip-lifecycle.ts";
import {
  associateHaVipInstance,
  describeHaVips,
  disassociateHaVipInstance,
  haVipAssociateAddressIp,
  haVipDisassociateAddressIp,
} from "./vpc/ha-vips.ts";
import {
  createNetworkInterfaceAction,
  deleteNetworkInterface,
  modifyNetworkInterfaceAttribute,
} from "./vpc/network-interface-lifecycle.ts";
import { describeNetworkInterfaces } from "./vpc/network-interfaces.ts";
import { assignPrivateIpAddresses, migratePrivateIpAddress, unassignPrivateIpAddresses } from "./vpc/private-ips.ts";
import { describeRouteTables } from "./vpc/route-tables.ts";
import { describeSecurityGroupPolicies, modifySecurityGroupPolicies } from "./vpc/security-group-policies.ts";
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroupAssociationStatistics,
  describeSecurityGroups,
  modifySecurityGroupAttribute,
} from "./vpc/security-groups.ts";
import { createSubnetAction, deleteSubnet, describeSubnets, modifySubnetAttribute } from "./vpc/subnets.ts";
import { describeTaskResult, describeVpcTaskResult } from "./vpc/tasks.ts";
import { describeUsedIpAddress } from "./vpc/used-ips.ts";
import { createVpcAction, deleteVpc, describeVpcs, modifyVpcAttribute } from "./vpc/vpcs.ts";

/** What there is of the VPC API, version 2017-03-12. */
export const vpcActions: readonly Action[] = [
  describeNetworkInterfaces,
  migratePrivateIpAddress,
  assignPrivateIpAddresses,
  unassignPrivateIpAddresses,
  describeVpcTaskResult,
  describeHaVips,
  associateHaVipInstance,
  disassociateHaVipInstance,
  haVipAssociateAddressIp,
  haVipDisassociateAddressIp,
  describeAddresses,
  associateAddress,
  disassociateAddress,
  describeTaskResult,
  createVpcAction,
  describeVpcs,
  modifyVpcAttribute,
  deleteVpc,
  createSubnetAction,
  describeSubnets,
  modifySubnetAttribute,
  deleteSubnet,
  describeRouteTables,
  createSecurityGroup,
  describeSecurityGroups,
  modifySecurityGroupAttribute,
  describeSecurityGroupAssociationStatistics,
  deleteSecurityGroup,
  modifySecurityGroupPolicies,
  describeSecurityGroupPolicies,
  createNetworkInterfaceAction,
  modifyNetworkInterfaceAttribute,
  deleteNetworkInterface,
  createHaVipAction,
  modifyHaVipAttribute,
  deleteHaVip,
  allocateAddresses,
  releaseAddresses,
  modifyAddressesBandwidth,
  modifyAddressAttribute,
  describeBandwidthPackages,
  describeUsedIpAddress,
];
