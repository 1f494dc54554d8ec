import { type Core, defineAction } from "../../action.ts";
import { addressLock, eipOfHaVip, isId } from "../../addressing.ts";
import { CloudError, malformed, missingParameter, mutexOperationTaskRunning, resourceNotFound } from "../../errors.ts";
import { parseIpv4 } from "../../ipv4.ts";
import {
  finishBinding,
  finishUnbinding,
  haVipHolder,
  isMeant,
  moveHaVip,
  startBinding,
  undoBinding,
  undoUnbinding,
} from "../../moves.ts";
import { list, object, optional, string } from "../../parameters.ts";
import { type FilterTest, queryParameters, select } from "../../query.ts";
import { type AssociationRequest, associate, checkNoEip, maxAssociations } from "../../resources/ha-vips.ts";
import type { HaVip } from "../../state.ts";
import { haVipView } from "../../views.ts";
import { vpcQueryCodes, vpcService } from "./service.ts";

const filterTests = ({ state }: Core): Record<string, FilterTest<HaVip>> => ({
  "havip-id": (haVip, values) => values.includes(haVip.haVipId),
  "havip-name": (haVip, values) => values.includes(haVip.name),
  "vpc-id": (haVip, values) => values.includes(haVip.vpcId),
  "subnet-id": (haVip, values) => values.includes(haVip.subnetId),
  vip: (haVip, values) => values.includes(haVip.vip),
  "address-ip": (haVip, values) => values.includes(eipOfHaVip(state, haVip.haVipId)?.addressIp ?? ""),
  "havip-association.instance-id": ({ associations }, values) =>
    associations.some(({ instanceId }) => values.includes(instanceId)),
  "havip-association.instance-type": ({ associations }, values) =>
    associations.some(({ instanceType }) => values.includes(instanceType)),
  "check-associate": (haVip, values) => values.includes(String(haVip.checkAssociate)),
});

/** HAVIPs with their holders, associations and EIPs. */
export const describeHaVips = defineAction(
  { ...vpcService, action: "DescribeHaVips" },
  object({ HaVipIds: optional(list(string)), ...queryParameters }),
  (core, { HaVipIds: ids, ...query }) => {
    const { state } = core;
    const { page, total } = select(
      state.haVips.values(),
      { ids, ...query },
      (haVip) => haVip.haVipId,
      filterTests(core),
      vpcQueryCodes,
    );
    return { TotalCount: total, HaVipSet: page.map((haVip) => haVipView(state, haVip)) };
  },
);

const associationSet = object({
  HaVipAssociationSet: list(object({ HaVipId: string, InstanceId: string, InstanceType: optional(string) })),
});

type AssociationSet = ReturnType<typeof associationSet>["HaVipAssociationSet"];

/** Lets instances or ENIs hold HAVIPs: all of the set or none. */
export const associateHaVipInstance = defineAction(
  { ...vpcService, action: "AssociateHaVipInstance" },
  associationSet,
  (core, { HaVipAssociationSet }) => {
    associate(core, readAssociations(core, HaVipAssociationSet));
    return {};
  },
);

/** Lets instances or ENIs hold HAVIPs no longer. */
export const disassociateHaVipInstance = defineAction(
  { ...vpcService, action: "DisassociateHaVipInstance" },
  associationSet,
  (core, { HaVipAssociationSet }) => {
    const pairs = readAssociations(core, HaVipAssociationSet);
    for (const { haVip, association } of pairs) {
      if (!haVip.associations.some(({ instanceId }) => instanceId === association.instanceId)) {
        throw resourceNotFound("InstanceId", association.instanceId);
      }
    }
    for (const { haVip, association } of pairs) {
      haVip.associations = haVip.associations.filter(({ instanceId }) => instanceId !== association.instanceId);
      // Who may not hold it does not go on holding it. The cloud's documents do not say when the HAVIP leaves.
      const holder = haVipHolder(core, haVip);
      if (haVip.checkAssociate && holder && isMeant(holder, association.instanceId)) moveHaVip(core, haVip, undefined);
    }
    return {};
  },
);

/** Binds an EIP to a HAVIP; asynchronous. */
export const haVipAssociateAddressIp = defineAction(
  { ...vpcService, action: "HaVipAssociateAddressIp" },
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
  { ...vpcService, action: "HaVipDisassociateAddressIp" },
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

/** @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound` */
export function getHaVip({ state }: Core, id: string): HaVip {
  if (!isId("havip", id)) throw malformed("HaVipId", id);
  const haVip = state.haVips.get(id);
  if (!haVip) throw resourceNotFound("HaVipId", id);
  return haVip;
}

function readAssociations(core: Core, set: AssociationSet): AssociationRequest[] {
  if (set.length === 0) throw missingParameter("HaVipAssociationSet");
  if (set.length > maxAssociations) {
    throw new CloudError(
      "LimitExceeded",
      `\`HaVipAssociationSet\` takes at most ${maxAssociations} entries, got ${set.length}.`,
    );
  }
  return set.map(({ HaVipId, InstanceId: instanceId, InstanceType: instanceType = "CVM" }) => {
    const haVip = getHaVip(core, HaVipId);
    if (instanceType !== "CVM" && instanceType !== "ENI") {
      throw new CloudError(
        "InvalidParameterValue",
        `The value \`${instanceType}\` of \`InstanceType\` is not CVM or ENI.`,
      );
    }
    return { haVip, association: { instanceId, instanceType } };
  });
}
