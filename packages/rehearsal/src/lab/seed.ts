import { LocalCloud } from "local-cloud";
import type { CloudOptions, PopulatedCloud } from "./lab.ts";
import type { PairRole } from "../stack/role.ts";
import type { StackModel } from "../stack/stack.ts";
import type { VirtualAddress } from "../stack/virtual-address.ts";

/** A cloud with everything in it that the stack declares, as a deploy would have put it there. */
export async function seededCloud(stack: StackModel, options: CloudOptions): Promise<PopulatedCloud> {
  const cloud = await LocalCloud.start({ ...options, region: stack.region });
  const { vpc, subnet, role } = stack;
  cloud.seed.vpc(vpc);
  cloud.seed.subnet({ ...subnet, vpcId: vpc.vpcId });
  if (role !== undefined) seedRole(cloud, role);
  for (const { instanceId, instanceName, privateIp } of stack.nodes) {
    const { subnetId } = subnet;
    cloud.seed.instance({ instanceId, instanceName, subnetId, privateIp, ...(role && { camRoleName: role.roleName }) });
  }
  for (const address of stack.addresses) seedAddress(cloud, subnet.subnetId, address);
  return { cloud, stack, [Symbol.asyncDispose]: () => cloud.stop() };
}

function seedRole(cloud: LocalCloud, { roleName, trustPolicy, policies }: PairRole): void {
  cloud.seed.role({ roleName, ...(trustPolicy === undefined ? {} : { trustPolicy }) });
  for (const [index, document] of policies.entries()) {
    const policyName = index === 0 ? roleName : `${roleName}-${index + 1}`;
    cloud.seed.policy({ policyName, document });
    cloud.seed.rolePolicyAttachment({ roleName, policyName });
  }
}

function seedAddress(cloud: LocalCloud, subnetId: string, { vip, haVip, parkingEni, eip }: VirtualAddress): void {
  if (haVip !== undefined) {
    const { haVipId, checkAssociate } = haVip;
    cloud.seed.haVip({ haVipId, subnetId, vip, checkAssociate });
    for (const instanceId of haVip.associated) cloud.seed.haVipAssociation({ haVipId, instanceId });
  }
  if (parkingEni !== undefined) cloud.seed.networkInterface({ ...parkingEni, subnetId, secondaryPrivateIps: [vip] });
  if (eip === undefined) return;
  const { addressId, addressIp } = eip;
  cloud.seed.address({ addressId, addressIp });
  if (eip.bound && haVip !== undefined) cloud.seed.bindAddress({ addressId, haVipId: haVip.haVipId });
  else if (eip.bound && parkingEni !== undefined) {
    cloud.seed.bindAddress({ addressId, networkInterfaceId: parkingEni.networkInterfaceId, privateIp: vip });
  }
}
