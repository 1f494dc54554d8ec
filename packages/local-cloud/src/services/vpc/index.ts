// The VPC service: networks, and the interfaces, addresses, HAVIPs and security groups in them.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { associateAddress, disassociateAddress } from "./address/association.ts";
import { describeAddresses } from "./address/describe.ts";
import {
  allocateAddresses,
  modifyAddressAttribute,
  modifyAddressesBandwidth,
  modifyAddressInternetChargeType,
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
import type { Core } from "./state.ts";

export { type AddressOptions, bindAddress, type BindingOptions, createAddress } from "./address/create.ts";
export { eipOf } from "./address/lookup.ts";
export { removeAddress } from "./address/remove.ts";
export type { Address, AddressBinding } from "./address/state.ts";
export { associate } from "./ha-vip/associations.ts";
export { createHaVip, type HaVipOptions } from "./ha-vip/create.ts";
export { dropAssociations, learn, leaveHaVips } from "./ha-vip/holder.ts";
export type { HaVip, HaVipAssociation } from "./ha-vip/state.ts";
export { type Holder, holderOf, instanceWith } from "./holder.ts";
export {
  addNetworkInterface,
  createNetworkInterface,
  type NetworkInterfaceOptions,
} from "./network-interface/create.ts";
export { readdress } from "./network-interface/readdress.ts";
export { removeNetworkInterface } from "./network-interface/remove.ts";
export type { NetworkInterface, PrivateIp, PrivateIpState } from "./network-interface/state.ts";
export { inListedOrder } from "./network-interface/view.ts";
export { type State, type VpcState, vpcState } from "./state.ts";
export { createSubnet, type SubnetOptions } from "./subnet/create.ts";
export { checkAssignable, freeAddresses } from "./subnet/private-addresses.ts";
export type { Subnet } from "./subnet/state.ts";
export { createVpc, type VpcOptions } from "./vpc/create.ts";
export type { Vpc } from "./vpc/state.ts";

/** What there is of the VPC API, version 2017-03-12. */
export const vpcActions: readonly Action<Core>[] = [
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
  modifyAddressInternetChargeType,
  modifyAddressAttribute,
  describeBandwidthPackages,
  describeUsedIpAddress,
];
