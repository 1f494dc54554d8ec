import type { Address, LocalCloud } from "local-cloud";
import type { StackModel, StackNode } from "../stack/stack.ts";
import type { VirtualAddress } from "../stack/virtual-address.ts";

/**
 * The stack as it was deployed: ids, public address and user data are what the cloud was given and gave.
 *
 * @param synthesized the stack that was deployed
 * @throws where the cloud lacks what the stack declares
 */
export function deployedStack(synthesized: StackModel, cloud: LocalCloud): StackModel {
  const { instances } = cloud.state;
  const node = (declared: StackNode): StackNode => {
    const { instanceName } = declared;
    const named = [...instances.values()].filter((each) => each.instanceName === instanceName);
    const instance = only(instanceName, named);
    return { ...declared, instanceId: instance.instanceId, userData: Buffer.from(instance.userData, "base64") };
  };
  const [primary, secondary] = synthesized.nodes;
  const nodes = [node(primary), node(secondary)] as const;
  const [first, ...further] = synthesized.addresses;
  const address = (declared: VirtualAddress) => deployedAddress(declared, nodes, cloud);
  const addresses = [address(first), ...further.map(address)] as const;
  const { vpcId, subnetId } = only(
    primary.instanceName,
    [...instances.values()].filter(({ instanceId }) => instanceId === nodes[0].instanceId),
  );
  return {
    ...synthesized,
    ...addresses[0],
    addresses: [...addresses],
    vpc: { ...synthesized.vpc, vpcId },
    subnet: { ...synthesized.subnet, subnetId },
    nodes: [...nodes],
  };
}

function deployedAddress(
  { vip, haVip, parkingEni, eip }: VirtualAddress,
  nodes: readonly StackNode[],
  { state }: LocalCloud,
): VirtualAddress {
  const ofCloud = {
    haVip: haVip && {
      ...haVip,
      haVipId: only(
        `HAVIP ${vip}`,
        [...state.haVips.values()].filter((each) => each.vip === vip),
      ).haVipId,
      associated: nodes.map(({ instanceId }) => instanceId),
    },
    parkingEni: parkingEni && {
      ...parkingEni,
      networkInterfaceId: only(
        `interface of ${parkingEni.privateIp}`,
        [...state.networkInterfaces.values()].filter(({ privateIpAddresses }) =>
          privateIpAddresses.some(({ privateIp }) => privateIp === parkingEni.privateIp),
        ),
      ).networkInterfaceId,
    },
  };
  const isOfThis = ({ binding }: Address) =>
    binding?.kind === "haVip" ? binding.haVipId === ofCloud.haVip?.haVipId : binding?.privateIp === vip;
  return {
    vip,
    ...ofCloud,
    eip: eip && publicAddress(only(`EIP of ${vip}`, [...state.addresses.values()].filter(isOfThis))),
  };
}

function only<T>(what: string, found: readonly T[]): T {
  if (found.length !== 1) throw new Error(`the deploy must have made one ${what}, found ${found.length}`);
  return found[0] as T;
}

function publicAddress({ addressId, addressIp, binding }: Address): NonNullable<VirtualAddress["eip"]> {
  return { addressId, addressIp, bound: binding !== undefined };
}
