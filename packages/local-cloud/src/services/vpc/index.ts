import type { Action } from "../action.ts";
import { associateAddress, disassociateAddress } from "./address/association.ts";
import { describeAddresses } from "./address/describe.ts";
import {
  allocateAddresses,
  modifyAddressAttribute,
  modifyAddressesBandwidth,
  releaseAddresses,
} from "./address/lifecycle.ts";
import { describeBandwidthPackages } from "./bandwidth-package/actions.ts";
import { haVipAssociateAddressIp, haVipDisassociateAddressIp } from "./ha-vip/address-actions.ts";
import { associateHaVipInstance, disassociateHaVipInstance } from "./ha-vip/association-actions.ts";
import { describeHaVips } from "./ha-vip/describe.ts";
import { createHaVipAction, deleteHaVip, modifyHaVipAttribute } from "./ha-vip/lifecycle.ts";
import { describeNetworkInterfaces } from "./network-interface/describe.ts";
import {
  createNetworkInterfaceAction,
  deleteNetworkInterface,
  modifyNetworkInterfaceAttribute,
} from "./network-interface/lifecycle.ts";
import {
  assignPrivateIpAddresses,
  migratePrivateIpAddress,
  unassignPrivateIpAddresses,
} from "./network-interface/private-ips.ts";
import { describeRouteTables } from "./route-table/actions.ts";
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroupAssociationStatistics,
  describeSecurityGroups,
  modifySecurityGroupAttribute,
} from "./security-group/actions.ts";
import { describeSecurityGroupPolicies, modifySecurityGroupPolicies } from "./security-group/rule-actions.ts";
import { createSubnetAction, deleteSubnet, describeSubnets, modifySubnetAttribute } from "./subnet/actions.ts";
import { describeTaskResult, describeVpcTaskResult } from "./task/actions.ts";
import { describeUsedIpAddress } from "./used-ip/actions.ts";
import { createVpcAction, deleteVpc, describeVpcs, modifyVpcAttribute } from "./vpc/actions.ts";

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
