// What only one pair of an app can have.
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { ISubnet } from "../network/network";
import { claim, PropError } from "../props/validation";
import type { IVirtualIp } from "../virtual-ip/virtual-ip";

const bound = new WeakSet<IVirtualIp>();

/** Refuses a virtual IP that another pair has, and remembers this one. */
export function requireUnbound(virtualIp: IVirtualIp): void {
  if (bound.has(virtualIp)) {
    throw new PropError("virtualIp", virtualIp.vip, "belongs to another pair already", "give each pair its own");
  }
  bound.add(virtualIp);
}

/**
 * Refuses what another pair of the app has in the same subnet, and remembers it for this one: a virtual_router_id or an
 * address.
 *
 * @param value what only one pair of a subnet can have, by the prop that says it
 */
export function requireFree(pair: Construct, subnet: ISubnet, value: Readonly<Record<string, string | number>>): void {
  const stack = TerraformStack.of(pair);
  for (const [prop, each] of Object.entries(value)) {
    const other =
      claim(pair.node.root, `${subnet.subnetId} ${each}`, pair) ??
      claim(stack, `${subnetIdSeenBy(pair, subnet)} ${each}`, pair);
    if (other !== undefined) {
      throw new PropError(
        prop,
        each,
        `belongs to ${other} already, which is in the same subnet`,
        "give one of the pairs another one",
      );
    }
  }
}

/** The id as it is synthesized: cdktf makes a new token each time that one and the same attribute is read. */
export function subnetIdSeenBy(scope: IConstruct, { subnetId }: ISubnet): string {
  return Tokenization.resolve(subnetId, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}
