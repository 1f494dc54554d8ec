import { defineAction } from "../../action.ts";
import { addressLock, eipOfHaVip, freeAddresses } from "../../addressing.ts";
import { CloudError, mutexOperationTaskRunning, resourceNotFound } from "../../errors.ts";
import { boolean, object, optional, string, unsupported } from "../../parameters.ts";
import { createHaVip } from "../../resources/ha-vips.ts";
import { dropTags } from "../../resources/tags.ts";
import { haVipView } from "../../views.ts";
import { getHaVip } from "./ha-vips.ts";
import { checkName, vpcService } from "./service.ts";
import { getSubnet } from "./subnets.ts";
import { getVpc } from "./vpcs.ts";

/** A HAVIP that nobody holds yet. */
export const createHaVipAction = defineAction(
  { ...vpcService, action: "CreateHaVip" },
  object({
    HaVipName: string,
    VpcId: optional(string),
    SubnetId: string,
    Vip: optional(string),
    CheckAssociate: optional(boolean),
    NetworkInterfaceId: unsupported,
    Tags: unsupported,
    ClientToken: unsupported,
  }),
  (core, { HaVipName: name, VpcId, SubnetId: subnetId, Vip, CheckAssociate: checkAssociate = false }) => {
    checkName("HaVipName", name);
    const subnet = getSubnet(core, subnetId);
    if (VpcId !== undefined && getVpc(core, VpcId).vpcId !== subnet.vpcId) throw resourceNotFound("SubnetId", subnetId);
    const vip = Vip ?? freeAddresses(core.state, subnetId, 1)[0];
    if (vip === undefined) {
      throw new CloudError("ResourceInsufficient", `The subnet \`${subnetId}\` has no free address.`);
    }
    return { HaVip: haVipView(core.state, createHaVip(core, { name, subnetId, vip, checkAssociate })) };
  },
);

/** Changes a HAVIP's name. */
export const modifyHaVipAttribute = defineAction(
  { ...vpcService, action: "ModifyHaVipAttribute" },
  object({ HaVipId: string, HaVipName: optional(string) }),
  (core, { HaVipId, HaVipName }) => {
    const haVip = getHaVip(core, HaVipId);
    if (HaVipName !== undefined) checkName("HaVipName", HaVipName);
    haVip.name = HaVipName ?? haVip.name;
    return {};
  },
);

/** Takes away a HAVIP that has no EIP; who holds it holds it no longer. */
export const deleteHaVip = defineAction(
  { ...vpcService, action: "DeleteHaVip" },
  object({ HaVipId: string }),
  (core, { HaVipId }) => {
    const haVip = getHaVip(core, HaVipId);
    const eip = eipOfHaVip(core.state, HaVipId);
    if (core.tasks.lockedBy(addressLock(haVip.vpcId, haVip.vip))) throw mutexOperationTaskRunning(haVip.vip);
    if (eip) {
      throw new CloudError(
        "UnsupportedOperation",
        `The HAVIP \`${HaVipId}\` has the EIP \`${eip.addressIp}\`: unbind it.`,
      );
    }
    core.state.haVips.delete(HaVipId);
    dropTags(core.state, "vpc:havip", HaVipId);
    return {};
  },
);
