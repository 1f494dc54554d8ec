import type { ChildProcess } from "node:child_process";
import { follow } from "../machine/process.ts";

/** Something of interest that a port of the fabric has received from its host. */
export type WireEvent =
  /** A gratuitous ARP: the host says that an address is at its place. */
  | { readonly kind: "gratuitous ARP"; readonly port: string; readonly address: string }
  /** A VRRP advert: the host says that it is MASTER; with priority 0, that it is so no longer. */
  | { readonly kind: "advert"; readonly port: string; readonly priority: number };

/**
 * Watches all ports.
 *
 * @returns the process that watches
 */
export function watchWire(onEvent: (event: WireEvent) => void): ChildProcess {
  const args = ["-i", "any", "-Q", "in", "-l", "-n", "-t", "--immediate-mode", "arp or ip proto 112"];
  return follow("tcpdump", args, (line) => {
    const event = parseWireEvent(line);
    if (event !== undefined) onEvent(event);
  });
}

/** Reads a line of tcpdump's; undefined where it is of no interest. */
export function parseWireEvent(line: string): WireEvent | undefined {
  const arp = /^(\S+)\s+\S+\s+ARP, Request who-has (\S+)(?: \(\S+\))? tell (\S+),/.exec(line);
  if (arp?.[1] !== undefined && arp[2] !== undefined && arp[2] === arp[3]) {
    return { kind: "gratuitous ARP", port: arp[1], address: arp[2] };
  }
  const advert = /^(\S+)\s+\S+\s+IP \S+ > \S+: VRRPv[23], Advertisement, .*\bprio (\d+),/.exec(line);
  if (advert?.[1] === undefined) return undefined;
  return { kind: "advert", port: advert[1], priority: Number(advert[2]) };
}
