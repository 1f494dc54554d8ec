import { CloudError, mutexOperationTaskRunning, resourceNotFound } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { eipOfHaVip } from "../address/lookup.ts";
import { addressLock, checkName, defineAction, tagList } from "../service.ts";
import { getSubnet } from "../subnet/checks.ts";
import { freeAddresses } from "../subnet/private-addresses.ts";
import { getVpc } from "../vpc/checks.ts";
import { associate, readAssociation } from "./associations.ts";
import { getHaVip } from "./checks.ts";
import { createHaVip } from "./create.ts";
import { haVipView } from "./view.ts";

/** A HAVIP that nobody holds yet. */
export const createHaVipAction = defineAction(
  "CreateHaVip",
  object({
    HaVipName: string,
    VpcId: optional(string),
    SubnetId: string,
    Vip: optional(string),
    CheckAssociate: optional(boolean),
    NetworkInterfaceId: unsupported,
    Tags: tagList,
    HaVipAssociationSet: optional(
      list(object({ HaVipId: optional(string), InstanceId: string, InstanceType: optional(string) })),
    ),
    ClientToken: optional(string),
  }),
  (core, parameters) => {
    const { HaVipName: name, VpcId, SubnetId: subnetId, Vip, CheckAssociate: checkAssociate = false } = parameters;
    checkName("HaVipName", name);
    const subnet = getSubnet(core, subnetId);
    if (VpcId !== undefined && getVpc(core, VpcId).vpcId !== subnet.vpcId) throw resourceNotFound("SubnetId", subnetId);
    const vip = Vip ?? freeAddresses(core.state, subnetId, 1)[0];
    if (vip === undefined) {
      throw new CloudError("ResourceInsufficient", `The subnet \`${subnetId}\` has no free address.`);
    }
    const haVip = createHaVip(core, { name, subnetId, vip, checkAssociate });
    try {
      const set = parameters.HaVipAssociationSet ?? [];
      if (set.length > 0)
        associate(
          core,
          set.map((entry) => readAssociation(haVip, entry)),
        );
    } catch (error) {
      core.state.haVips.delete(haVip.haVipId);
      throw error;
    }
    putTags(core.state, "vpc:havip", haVip.haVipId, parameters.Tags);
    return { HaVip: haVipView(core.state, haVip) };
  },
);

/** Changes a HAVIP's name. */
export const modifyHaVipAttribute = defineAction(
  "ModifyHaVipAttribute",
  object({ HaVipId: string, HaVipName: optional(string) }),
  (core, { HaVipId, HaVipName }) => {
    const haVip = getHaVip(core, HaVipId);
    if (HaVipName !== undefined) checkName("HaVipName", HaVipName);
    haVip.name = HaVipName ?? haVip.name;
    return {};
  },
);

/** Takes away a HAVIP that has no EIP; who holds it holds it no longer. */
export const deleteHaVip = defineAction("DeleteHaVip", object({ HaVipId: string }), (core, { HaVipId }) => {
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
});
