import type { Host } from "./host.ts";

/**
 * Whether this node is VRRP's MASTER, as a fact: a keepalived is alive and the VIP is on an interface. The address alone
 * lies, since a killed keepalived leaves it behind.
 */
export function isMaster(host: Host, vip: string): boolean {
  return host.addresses().includes(vip) && host.isRunning("keepalived");
}
