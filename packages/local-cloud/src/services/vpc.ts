import type { Action } from "../action.ts";
import { associateAddress, describeAddresses, disassociateAddress } from "./vpc/addresses.ts";
import {
  associateHaVipInstance,
  describeHaVips,
  disassociateHaVipInstance,
  haVipAssociateAddressIp,
  haVipDisassociateAddressIp,
} from "./vpc/ha-vips.ts";
import { describeNetworkInterfaces } from "./vpc/network-interfaces.ts";
import { assignPrivateIpAddresses, migratePrivateIpAddress, unassignPrivateIpAddresses } from "./vpc/private-ips.ts";
import { describeTaskResult, describeVpcTaskResult } from "./vpc/tasks.ts";

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
];
