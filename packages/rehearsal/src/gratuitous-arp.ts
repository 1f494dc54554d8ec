import type { ChildProcess } from "node:child_process";
import { follow } from "./process.ts";

/** A gratuitous ARP that a port of the fabric has seen: somebody says that an address is at his place. */
export interface GratuitousArp {
  /** The port's name. */
  readonly port: string;
  /** The address. */
  readonly address: string;
}

/**
 * Watches all ports for gratuitous ARP.
 *
 * @returns the process that watches
 */
export function watchGratuitousArp(onArp: (arp: GratuitousArp) => void): ChildProcess {
  const args = ["-i", "any", "-Q", "in", "-l", "-n", "-t", "--immediate-mode", "arp"];
  return follow("tcpdump", args, (line) => {
    const arp = parseGratuitousArp(line);
    if (arp !== undefined) onArp(arp);
  });
}

/** Reads a line of tcpdump's: a request or reply in which sender and target are the same is gratuitous. */
export function parseGratuitousArp(line: string): GratuitousArp | undefined {
  const request = /^(\S+)\s+\S+\s+ARP, Request who-has (\S+)(?: \(\S+\))? tell (\S+),/.exec(line);
  if (request?.[1] !== undefined && request[2] !== undefined && request[2] === request[3]) {
    return { port: request[1], address: request[2] };
  }
  return undefined;
}
