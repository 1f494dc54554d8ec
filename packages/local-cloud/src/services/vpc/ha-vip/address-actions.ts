import { CloudError, malformed, mutexOperationTaskRunning, resourceNotFound } from "../../../api/errors.ts";
import { object, string } from "../../../api/parameters.ts";
import { parseIpv4 } from "../../../engine/ipv4.ts";
import { finishBinding, finishUnbinding, startBinding, undoBinding, undoUnbinding } from "../address/binding.ts";
import { checkNoEip } from "../address/checks.ts";
import { eipOfHaVip } from "../address/lookup.ts";
import { addressLock, defineAction } from "../service.ts";
import { getHaVip } from "./checks.ts";

/** Binds an EIP to a HAVIP; asynchronous. */
export const haVipAssociateAddressIp = defineAction(
  "HaVipAssociateAddressIp",
  object({ HaVipId: string, AddressIp: string }),
  (core, { HaVipId, AddressIp }, requestId) => {
    const haVip = getHaVip(core, HaVipId);
    if (parseIpv4(AddressIp) === undefined) throw malformed("AddressIp", AddressIp);
    const address = [...core.state.addresses.values()].find(({ addressIp }) => addressIp === AddressIp);
    if (!address) throw resourceNotFound("AddressIp", AddressIp);
    const locks = [addressLock(haVip.vpcId, haVip.vip), address.addressId];
    const locked = core.tasks.lockedBy(...locks);
    if (locked) throw mutexOperationTaskRunning(locked);
    if (address.binding)
      throw new CloudError("UnsupportedOperation.BindEIP", `The EIP \`${AddressIp}\` is already bound.`);
    checkNoEip(core, HaVipId);
    startBinding(address, { kind: "haVip", haVipId: HaVipId });
    core.tasks.start({
      taskId: requestId,
      action: "HaVipAssociateAddressIp",
      locks,
      commit: () => finishBinding(core, address),
      undo: () => undoBinding(address),
    });
    return {};
  },
);

/** Unbinds the EIP of a HAVIP; asynchronous. */
export const haVipDisassociateAddressIp = defineAction(
  "HaVipDisassociateAddressIp",
  object({ HaVipId: string }),
  (core, { HaVipId }, requestId) => {
    const haVip = getHaVip(core, HaVipId);
    const vipLock = addressLock(haVip.vpcId, haVip.vip);
    if (core.tasks.lockedBy(vipLock)) throw mutexOperationTaskRunning(haVip.vip);
    const address = eipOfHaVip(core.state, HaVipId);
    if (!address) throw new CloudError("UnsupportedOperation.UnbindEIP", `The HAVIP \`${HaVipId}\` has no EIP.`);
    address.transition = "UNBINDING";
    core.tasks.start({
      taskId: requestId,
      action: "HaVipDisassociateAddressIp",
      locks: [vipLock, address.addressId],
      commit: () => finishUnbinding(core, address),
      undo: () => undoUnbinding(address),
    });
    return {};
  },
);
