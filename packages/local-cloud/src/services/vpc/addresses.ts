import { type Core, defineAction } from "../../action.ts";
import { addressLock, isId } from "../../addressing.ts";
import { CloudError, missingParameter, mutexTaskRunning } from "../../errors.ts";
import { finishBinding, finishUnbinding, startBinding, undoBinding, undoUnbinding } from "../../moves.ts";
import { list, object, optional, string, unsupported } from "../../parameters.ts";
import { type FilterTest, queryParameters, select } from "../../query.ts";
import { checkNoEipOn, checkUnbound, getTarget } from "../../resources/addresses.ts";
import { type Address, known, type NetworkInterface } from "../../state.ts";
import { addressInstanceType, addressStatus, addressTarget, addressView } from "../../views.ts";
import { vpcService } from "./service.ts";

const queryCodes = {
  filterKey: "InvalidParameter.InvalidFilter",
  limit: "InvalidParameterValue.LimitExceeded",
  // AddressIds exclude the filter address-id only. Source: the SDK's model of the request.
  idFilters: ["address-id"],
};

const filterTests = ({ state }: Core): Record<string, FilterTest<Address>> => ({
  "address-id": (address, values) => values.includes(address.addressId),
  "address-name": (address, values) => address.name === values[0],
  "address-ip": (address, values) => values.includes(address.addressIp),
  "address-status": (address, values) => values.includes(addressStatus(state, address)),
  "address-type": (_address, values) => values.includes("EIP"),
  // Of dedicated clusters (CDC) there is none here.
  "business-type": (_address, values) => !values.includes("CDC"),
  "instance-id": (address, values) => values.includes(addressTarget(state, address)?.instanceId ?? ""),
  "instance-type": (address, values) => values.includes(addressInstanceType(state, address) ?? ""),
  "private-ip-address": (address, values) => addressTarget(state, address)?.privateIp === values[0],
  "network-interface-id": ({ binding }, values) =>
    binding?.kind === "eni" && values.includes(binding.networkInterfaceId),
});

/** EIPs with what they are bound to. */
export const describeAddresses = defineAction(
  { ...vpcService, action: "DescribeAddresses" },
  object({ AddressIds: optional(list(string)), ...queryParameters }),
  (core, { AddressIds: ids, ...query }) => {
    const { state } = core;
    for (const id of ids ?? []) checkAddressId(id);
    const { page, total } = select(
      state.addresses.values(),
      { ids, ...query },
      (address) => address.addressId,
      filterTests(core),
      queryCodes,
    );
    return { TotalCount: total, AddressSet: page.map((address) => addressView(state, address)) };
  },
);

/** Binds an EIP to an address of an ENI, or to an instance's primary one; asynchronous. */
export const associateAddress = defineAction(
  { ...vpcService, action: "AssociateAddress" },
  object({
    AddressId: string,
    InstanceId: optional(string),
    NetworkInterfaceId: optional(string),
    PrivateIpAddress: optional(string),
    EipDirectConnection: unsupported,
    InstanceRegion: unsupported,
  }),
  (core, { AddressId, InstanceId, NetworkInterfaceId, PrivateIpAddress }) => {
    const address = getAddress(core, AddressId);
    if (core.tasks.lockedBy(AddressId)) throw mutexTaskRunning(AddressId);
    if (InstanceId !== undefined && NetworkInterfaceId !== undefined) {
      throw new CloudError(
        "InvalidParameterConflict",
        "`InstanceId` and `NetworkInterfaceId` cannot be specified at the same time.",
      );
    }
    const { eni, privateIp } =
      InstanceId === undefined
        ? findTarget(core, NetworkInterfaceId, PrivateIpAddress)
        : findInstanceTarget(core, InstanceId);
    checkUnbound(core, address);
    const lock = addressLock(eni.vpcId, privateIp);
    if (core.tasks.lockedBy(lock)) throw mutexTaskRunning(privateIp);
    const alreadyBound =
      InstanceId === undefined ? "InvalidPrivateIpAddress.AlreadyBindEip" : "InvalidInstanceId.AlreadyBindEip";
    checkNoEipOn(core, eni.networkInterfaceId, privateIp, alreadyBound);
    startBinding(address, { kind: "eni", networkInterfaceId: eni.networkInterfaceId, privateIp });
    return startTask(
      core,
      "AssociateAddress",
      [AddressId, lock],
      () => finishBinding(core, address),
      () => undoBinding(address),
      // Unbound meanwhile, since its ENI has gone.
      () => address.binding !== undefined,
    );
  },
);

/** Unbinds an EIP from an address of an ENI; asynchronous. */
export const disassociateAddress = defineAction(
  { ...vpcService, action: "DisassociateAddress" },
  object({ AddressId: string, ReallocateNormalPublicIp: unsupported }),
  (core, { AddressId }) => {
    const address = getAddress(core, AddressId);
    if (core.tasks.lockedBy(AddressId)) throw mutexTaskRunning(AddressId);
    const { binding } = address;
    if (!binding) {
      throw new CloudError(
        "InvalidAddressIdStatus.NotPermit",
        `The status \`UNBIND\` of \`${AddressId}\` does not permit this operation.`,
      );
    }
    if (binding.kind === "haVip") {
      throw new CloudError(
        "InvalidParameterValue.ResourceNotSupport",
        `\`${AddressId}\` is bound to the HAVIP \`${binding.haVipId}\`: use HaVipDisassociateAddressIp.`,
      );
    }
    const lock = addressLock(known(core.state.networkInterfaces, binding.networkInterfaceId).vpcId, binding.privateIp);
    if (core.tasks.lockedBy(lock)) throw mutexTaskRunning(binding.privateIp);
    address.transition = "UNBINDING";
    return startTask(
      core,
      "DisassociateAddress",
      [AddressId, lock],
      () => finishUnbinding(core, address),
      () => undoUnbinding(address),
    );
  },
);

/** TaskId is a number written as a string here, but DescribeTaskResult takes the number. Source: the SDK's models. */
export function startTask(
  { tasks }: Core,
  action: string,
  locks: string[],
  commit: () => void,
  undo: () => void,
  possible = () => true,
): { TaskId: string } {
  const { taskId } = tasks.start({ taskId: tasks.nextNumber(), action, locks, commit, possible, undo });
  return { TaskId: taskId };
}

/** @throws CloudError `InvalidParameterValue.AddressIdMalformed` or `InvalidAddressId.NotFound` */
export function getAddress({ state }: Core, id: string): Address {
  checkAddressId(id);
  const address = state.addresses.get(id);
  if (!address) throw new CloudError("InvalidAddressId.NotFound", `The EIP \`${id}\` of \`AddressId\` does not exist.`);
  return address;
}

function checkAddressId(id: string): void {
  if (!isId("eip", id)) {
    throw new CloudError(
      "InvalidParameterValue.AddressIdMalformed",
      `The value \`${id}\` of \`AddressId\` is malformed.`,
    );
  }
}

interface Target {
  readonly eni: NetworkInterface;
  readonly privateIp: string;
}

function findTarget(core: Core, networkInterfaceId: string | undefined, privateIp: string | undefined): Target {
  if (networkInterfaceId === undefined) {
    throw new CloudError(
      "InvalidParameterValue.MissingAssociateEntity",
      "One of `InstanceId` and `NetworkInterfaceId` must be specified.",
    );
  }
  if (privateIp === undefined) throw missingParameter("PrivateIpAddress");
  return { eni: getTarget(core, networkInterfaceId, privateIp), privateIp };
}

function findInstanceTarget({ state }: Core, instanceId: string): Target {
  const instance = state.instances.get(instanceId);
  if (!instance)
    throw new CloudError(
      "InvalidInstanceId.NotFound",
      `The instance \`${instanceId}\` of \`InstanceId\` does not exist.`,
    );
  return { eni: known(state.networkInterfaces, instance.networkInterfaceId), privateIp: instance.privateIp };
}
