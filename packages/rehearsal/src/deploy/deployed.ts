import type { LocalCloud } from "local-cloud";
import type { StackModel, StackNode } from "../stack/stack.ts";

/**
 * The stack as it was deployed: ids, public address and user data are what the cloud was given and gave.
 *
 * @param synthesized the stack that was deployed
 * @throws where the cloud lacks what the stack declares
 */
export function deployedStack(synthesized: StackModel, cloud: LocalCloud): StackModel {
  const { addresses, haVips, instances, networkInterfaces, subnets, vpcs } = cloud.state;
  const { haVip, parkingEni, eip } = synthesized;
  const only = <T>(what: string, candidates: Iterable<T>): T => {
    const found = [...candidates];
    if (found.length !== 1) throw new Error(`the deploy must have made one ${what}, found ${found.length}`);
    return found[0] as T;
  };
  const node = (declared: StackNode): StackNode => {
    const { instanceName } = declared;
    const instance = only(
      instanceName,
      [...instances.values()].filter((each) => each.instanceName === instanceName),
    );
    return { ...declared, instanceId: instance.instanceId, userData: Buffer.from(instance.userData, "base64") };
  };
  const [primary, secondary] = synthesized.nodes;
  const nodes = [node(primary), node(secondary)] as const;
  const { vpcId } = only("VPC", vpcs.values());
  const { subnetId } = only("subnet", subnets.values());
  return {
    ...synthesized,
    vpc: { ...synthesized.vpc, vpcId },
    subnet: { ...synthesized.subnet, subnetId },
    nodes: [...nodes],
    haVip: haVip && {
      ...haVip,
      haVipId: only("HAVIP", haVips.values()).haVipId,
      associated: nodes.map(({ instanceId }) => instanceId),
    },
    parkingEni: parkingEni && {
      ...parkingEni,
      networkInterfaceId: only(
        "parking interface",
        [...networkInterfaces.values()].filter(({ primary: ofInstance }) => !ofInstance),
      ).networkInterfaceId,
    },
    eip: eip && { ...eip, ...publicAddress(only("EIP", addresses.values())) },
  };
}

function publicAddress({ addressId, addressIp, binding }: { addressId: string; addressIp: string; binding?: unknown }) {
  return { addressId, addressIp, bound: binding !== undefined };
}
