import { PropError } from "../props/validation";
import type { IVirtualIp } from "../virtual-ip/virtual-ip";

const bound = new WeakSet<IVirtualIp>();

/** Refuses a virtual IP that another pair has, and remembers this one. */
export function requireUnbound(virtualIp: IVirtualIp): void {
  if (bound.has(virtualIp)) {
    throw new PropError("virtualIp", virtualIp.vip, "belongs to another pair already", "give each pair its own");
  }
  bound.add(virtualIp);
}
