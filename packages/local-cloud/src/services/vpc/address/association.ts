import { CloudError, missingParameter, mutexTaskRunning } from "../../../api/errors.ts";
import { object, optional, string, unsupported } from "../../../api/parameters.ts";
import { known } from "../../store.ts";
import { findPrivateIp, type NetworkInterface } from "../network-interface/state.ts";
import { addressLock, defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { finishBinding, finishUnbinding, startBinding, undoBinding, undoUnbinding } from "./binding.ts";
import {
  checkNoEipOn,
  checkPublicAddressQuota,
  checkUnbound,
  getAddress,
  getTarget,
  notOnInterface,
} from "./checks.ts";
import { startTask } from "./task.ts";

/** Binds an EIP to an address of an ENI, or to an instance's primary one; asynchronous. */
export const associateAddress = defineAction(
  "AssociateAddress",
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
    if (core.tasks.lockedBy(lock)) throw refuseBusy(core, eni, privateIp);
    const alreadyBound =
      InstanceId === undefined ? "InvalidPrivateIpAddress.AlreadyBindEip" : "InvalidInstanceId.AlreadyBindEip";
    checkNoEipOn(core, eni.networkInterfaceId, privateIp, alreadyBound);
    checkPublicAddressQuota(core, eni);
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
  "DisassociateAddress",
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

/** A task works on the address; how the cloud says so of one that is being assigned is not documented. */
function refuseBusy({ assumptions }: Core, eni: NetworkInterface, privateIp: string): CloudError {
  const isPending = findPrivateIp(eni, privateIp)?.state === "PENDING";
  return isPending && assumptions["associate-pending-address"] === "not-found"
    ? notOnInterface(eni.networkInterfaceId, privateIp)
    : mutexTaskRunning(privateIp);
}
