import type { IConstruct } from "constructs";
import { MECHANISMS, type Mechanism, NodeRole, VirtualIpSettings, WithEveryKey } from "../contract";
import { type ISubnet, SUBNET } from "../network/network";
import * as shape from "../props/shape";
import type { Instance } from "../provider";

export type { Mechanism, NodeRole } from "../contract";

/** The instances that share a virtual address, by role. */
export type NodeInstances = Readonly<Record<NodeRole, Instance>>;

/**
 * An address that moves between the nodes of one pair: what the two mechanisms have in common. A third mechanism would
 * be a third class that implements this, and nothing else.
 */
export interface IVirtualIp extends IConstruct {
  /** What moves the address. */
  readonly mechanism: Mechanism;
  /** The address, a literal. */
  readonly vip: string;
  /** The subnet that the address and both nodes are in. */
  readonly subnet: ISubnet;
  /** Private addresses that the mechanism needs for itself, by prop name: no node may have them. */
  readonly reservedAddresses: Readonly<Record<string, string>>;
  /** What pairctl must know of this mechanism, beside the address. Values may be tokens. */
  readonly pairctlSettings: WithEveryKey<Omit<VirtualIpSettings, "vip">>;
  /** The cloud's ids of what the mechanism is made of, by name. Values may be tokens. */
  readonly facts: Readonly<Record<string, string>>;
  /** The public address that reaches the virtual one, a token; undefined where there is none. */
  readonly publicIp: string | undefined;
  /** Called once, by the pair, with its two instances. */
  bindNodes(instanceIds: NodeInstances): void;
}

/** The addresses of a pair, the first one being that which adverts name. */
export type VirtualIps = readonly [IVirtualIp, ...IVirtualIp[]];

/** The kind of {@link IVirtualIp}. */
export const VIRTUAL_IP = shape.part("a virtual IP", "give a HaVip or a SecondaryPrivateIp", {
  mechanism: shape.oneOf(...MECHANISMS),
  vip: shape.text("10.0.1.100"),
  subnet: SUBNET,
  reservedAddresses: shape.data('{ parkingIp: "10.0.1.101" }'),
  pairctlSettings: shape.data("{ parkingIp: undefined, eipId: undefined }"),
  facts: shape.data('{ ha_vip_id: "havip-1a2b3c4d" }'),
  bindNodes: shape.callback("a virtual IP's method"),
});
