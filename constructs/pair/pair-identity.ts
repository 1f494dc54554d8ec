import type { Construct } from "constructs";
import { Identity } from "../terraform/identity";
import type { IVirtualIp, VirtualIps } from "../virtual-ip/virtual-ip";
import type { KeepalivedPairProps } from "./keepalived-pair-props";
import { type IPlacementGroup, PlacementGroup } from "./placement-group";

const REMEDY =
  "running nodes would keep the old one. Deploy a new pair of another name beside this one and let it take over, or " +
  "destroy this pair first";

/** What the nodes were told at their first boot, and what would make other machines of them: child `Identity`. */
export function identityOf(
  pair: Construct,
  name: string,
  props: KeepalivedPairProps,
  [first, ...additional]: VirtualIps,
  placementGroup: IPlacementGroup,
): Identity {
  const { subnetId, availabilityZone } = first.subnet;
  const values = {
    name,
    mechanism: first.mechanism,
    region: props.region,
    availabilityZone,
    subnetId,
    vip: first.vip,
    ...first.reservedAddresses,
    // By its id: one may be added or taken away.
    ...Object.fromEntries(additional.flatMap((each) => addressesById(each))),
    // One of the stack's own, by its place: the cloud deletes none that the nodes are in.
    ...(placementGroup instanceof PlacementGroup ? { placementGroup: placementGroup.node.path } : {}),
    "primary.privateIp": props.primary.privateIp,
    "secondary.privateIp": props.secondary.privateIp,
  };
  return new Identity(pair, "Identity", { values, remedy: REMEDY });
}

function addressesById({ node, vip, reservedAddresses }: IVirtualIp): [string, string][] {
  return Object.entries({ vip, ...reservedAddresses }).map(([prop, address]) => [`${node.path}.${prop}`, address]);
}
