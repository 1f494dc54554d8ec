import { LocalCloud } from "local-cloud";
import type { CloudOptions, PopulatedCloud } from "./lab.ts";
import type { StackModel } from "../stack/stack.ts";

/** A cloud with everything in it that the stack declares, as a deploy would have put it there. */
export async function seededCloud(stack: StackModel, options: CloudOptions): Promise<PopulatedCloud> {
  const cloud = await LocalCloud.start({ ...options, region: stack.region });
  const { vpc, subnet, role, haVip, parkingEni, eip } = stack;
  cloud.seed.vpc(vpc);
  cloud.seed.subnet({ ...subnet, vpcId: vpc.vpcId });
  if (role !== undefined) {
    cloud.seed.role({ roleName: role.roleName, trustPolicy: role.trustPolicy });
    cloud.seed.policy({ policyName: role.roleName, document: role.policy });
    cloud.seed.rolePolicyAttachment({ roleName: role.roleName, policyName: role.roleName });
  }
  for (const { instanceId, instanceName, privateIp } of stack.nodes) {
    const { subnetId } = subnet;
    cloud.seed.instance({ instanceId, instanceName, subnetId, privateIp, ...(role && { camRoleName: role.roleName }) });
  }
  if (haVip !== undefined) {
    const { haVipId, checkAssociate } = haVip;
    cloud.seed.haVip({ haVipId, subnetId: subnet.subnetId, vip: stack.vip, checkAssociate });
    for (const instanceId of haVip.associated) cloud.seed.haVipAssociation({ haVipId, instanceId });
  }
  if (parkingEni !== undefined) {
    cloud.seed.networkInterface({ ...parkingEni, subnetId: subnet.subnetId, secondaryPrivateIps: [stack.vip] });
  }
  if (eip !== undefined) {
    const { addressId, addressIp } = eip;
    cloud.seed.address({ addressId, addressIp });
    if (eip.bound && haVip !== undefined) cloud.seed.bindAddress({ addressId, haVipId: haVip.haVipId });
    else if (eip.bound && parkingEni !== undefined) {
      cloud.seed.bindAddress({ addressId, networkInterfaceId: parkingEni.networkInterfaceId, privateIp: stack.vip });
    }
  }
  return { cloud, stack, [Symbol.asyncDispose]: () => cloud.stop() };
}
