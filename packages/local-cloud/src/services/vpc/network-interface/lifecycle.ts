import { CloudError, mutexOperationTaskRunning, resourceNotFound } from "../../../api/errors.ts";
import { boolean, integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { putTags } from "../../tag/index.ts";
import { getSecurityGroup } from "../security-group/checks.ts";
import { addressLock, checkLength, checkNameBytes, defineAction, tagList } from "../service.ts";
import type { Core } from "../state.ts";
import { getSubnet } from "../subnet/checks.ts";
import { freeAddresses } from "../subnet/private-addresses.ts";
import { getVpc } from "../vpc/checks.ts";
import { checkCount, getEni } from "./checks.ts";
import { createNetworkInterface } from "./create.ts";
import { removeNetworkInterface } from "./remove.ts";
import type { NetworkInterface } from "./state.ts";
import { networkInterfaceView } from "./view.ts";

/** How long the descriptions of ENIs may be. Source: the VPC API's description of NetworkInterfaceDescription. */
const maxDescription = 60;

const specification = object({
  PrivateIpAddress: string,
  Primary: optional(boolean),
  Description: optional(string),
  QosLevel: unsupported,
});

/** An ENI that is attached to nothing; asynchronous: it is PENDING, with its addresses, until it can be used. */
export const createNetworkInterfaceAction = defineAction(
  "CreateNetworkInterface",
  object({
    VpcId: string,
    SubnetId: string,
    NetworkInterfaceName: string,
    NetworkInterfaceDescription: optional(string),
    SecondaryPrivateIpAddressCount: optional(integer),
    SecurityGroupIds: optional(list(string)),
    PrivateIpAddresses: optional(list(specification)),
    Tags: tagList,
    QosLevel: unsupported,
    TrunkingFlag: unsupported,
    IsRdma: unsupported,
    ClientToken: unsupported,
  }),
  (core, parameters, requestId) => {
    const { VpcId, SubnetId, NetworkInterfaceName: name, NetworkInterfaceDescription: description } = parameters;
    const { state } = core;
    getVpc(core, VpcId);
    if (getSubnet(core, SubnetId).vpcId !== VpcId) throw resourceNotFound("SubnetId", SubnetId);
    checkNameBytes("NetworkInterfaceName", name);
    checkLength("NetworkInterfaceDescription", description ?? "", maxDescription);
    const securityGroupIds = parameters.SecurityGroupIds ?? [];
    for (const id of securityGroupIds) getSecurityGroup(core, id);
    const given = parameters.PrivateIpAddresses ?? [];
    checkCount("PrivateIpAddresses", given.length);
    const [privateIp, ...secondaryPrivateIps] = chooseAddresses(
      core,
      SubnetId,
      given,
      parameters.SecondaryPrivateIpAddressCount ?? 0,
    );
    const eni = createNetworkInterface(core, {
      name,
      subnetId: SubnetId,
      privateIp,
      secondaryPrivateIps,
      securityGroupIds,
      ...(description === undefined ? {} : { description }),
    });
    for (const entry of eni.privateIpAddresses) {
      const text = given.find(({ PrivateIpAddress }) => PrivateIpAddress === entry.privateIp)?.Description;
      if (text !== undefined) entry.description = text;
    }
    putTags(state, "vpc:eni", eni.networkInterfaceId, parameters.Tags);
    eni.transition = "PENDING";
    core.tasks.start({
      taskId: requestId,
      action: "CreateNetworkInterface",
      locks: locksOf(eni),
      commit: () => delete eni.transition,
      undo: () => removeNetworkInterface(core, eni),
    });
    return { NetworkInterface: networkInterfaceView(core, eni) };
  },
);

/** Changes an ENI's name, description and security groups. */
export const modifyNetworkInterfaceAttribute = defineAction(
  "ModifyNetworkInterfaceAttribute",
  object({
    NetworkInterfaceId: string,
    NetworkInterfaceName: optional(string),
    NetworkInterfaceDescription: optional(string),
    SecurityGroupIds: optional(list(string)),
    TrunkingFlag: unsupported,
  }),
  (core, { NetworkInterfaceId, NetworkInterfaceName, NetworkInterfaceDescription, SecurityGroupIds }) => {
    const eni = getEni(core, "NetworkInterfaceId", NetworkInterfaceId);
    if (NetworkInterfaceName !== undefined) checkNameBytes("NetworkInterfaceName", NetworkInterfaceName);
    checkLength("NetworkInterfaceDescription", NetworkInterfaceDescription ?? "", maxDescription);
    for (const id of SecurityGroupIds ?? []) getSecurityGroup(core, id);
    eni.name = NetworkInterfaceName ?? eni.name;
    eni.description = NetworkInterfaceDescription ?? eni.description;
    eni.securityGroupIds = SecurityGroupIds ?? eni.securityGroupIds;
    return {};
  },
);

/** Takes away an ENI that is attached to nothing, with its addresses; asynchronous. */
export const deleteNetworkInterface = defineAction(
  "DeleteNetworkInterface",
  object({ NetworkInterfaceId: string }),
  (core, { NetworkInterfaceId }, requestId) => {
    const eni = getEni(core, "NetworkInterfaceId", NetworkInterfaceId);
    if (eni.instanceId !== undefined) {
      throw new CloudError(
        "UnsupportedOperation.InvalidState",
        `The ENI \`${NetworkInterfaceId}\` is attached to \`${eni.instanceId}\`.`,
      );
    }
    const locks = locksOf(eni);
    const locked = core.tasks.lockedBy(...locks);
    if (locked) throw mutexOperationTaskRunning(locked);
    eni.transition = "DELETING";
    core.tasks.start({
      taskId: requestId,
      action: "DeleteNetworkInterface",
      locks,
      commit: () => removeNetworkInterface(core, eni),
      undo: () => delete eni.transition,
    });
    return {};
  },
);

function chooseAddresses(
  { state }: Core,
  subnetId: string,
  given: readonly { readonly PrivateIpAddress: string; readonly Primary: boolean | undefined }[],
  count: number,
): [string, ...string[]] {
  const primaries = given.filter(({ Primary }) => Primary);
  if (primaries.length > 1) {
    throw new CloudError("InvalidParameterValue", "`PrivateIpAddresses` has more than one primary address.");
  }
  const secondary = given.filter(({ Primary }) => !Primary).map(({ PrivateIpAddress }) => PrivateIpAddress);
  const wanted = count + (primaries.length > 0 ? 0 : 1);
  const free = freeAddresses(state, subnetId, wanted + given.length)
    .filter((address) => !given.some(({ PrivateIpAddress }) => PrivateIpAddress === address))
    .slice(0, wanted);
  if (free.length < wanted) {
    throw new CloudError("ResourceInsufficient.Subnet", `The subnet \`${subnetId}\` has too few free addresses.`);
  }
  const [primary = ""] =
    primaries.length > 0 ? primaries.map(({ PrivateIpAddress }) => PrivateIpAddress) : free.splice(0, 1);
  return [primary, ...secondary, ...free];
}

const locksOf = (eni: NetworkInterface) => [
  eni.networkInterfaceId,
  ...eni.privateIpAddresses.map(({ privateIp }) => addressLock(eni.vpcId, privateIp)),
];
