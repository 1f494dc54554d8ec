import { writeFileSync } from "node:fs";
import { run } from "../machine/process.ts";

/** A network interface that is plugged into the fabric. */
export interface Port {
  /** The switch-side end's name. */
  readonly name: string;
  /** The network namespace of the host behind it. */
  readonly namespace: string;
  /** The MAC address of the host's end. */
  readonly macAddress: string;
  /** The host's own address. */
  readonly privateIp: string;
}

/** Every switch-side end has the same MAC: for a host, whatever is not itself is the gateway. */
const GATEWAY_MAC = "02:00:00:00:00:01";

/** Makes the link between a port and its host's `eth0`, with the host's address and its way to everything else. */
export async function connectHost(
  { name, namespace, macAddress, privateIp }: Port,
  subnetPrefixLength: number,
  gateway: string,
): Promise<void> {
  await run("ip", ["link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", namespace]);
  const inside = (...args: string[]) => run("ip", ["-n", namespace, ...args]);
  await inside("link", "set", "eth0", "address", macAddress, "up");
  await inside("address", "add", `${privateIp}/${subnetPrefixLength}`, "dev", "eth0");
  await run("ip", ["link", "set", name, "address", GATEWAY_MAC, "up"]);
  await inside("route", "add", "default", "via", gateway);
  sysctl({ [`net.ipv4.conf.${name}.proxy_arp`]: 1, [`net.ipv4.neigh.${name}.proxy_delay`]: 0 });
}

/**
 * Leaves a host's interface as a machine finds it when it boots: with its own address, and nothing that keepalived or a
 * firewall has put there before.
 */
export async function resetHost(port: Port, subnetPrefixLength: number, gateway: string): Promise<void> {
  const inside = (...args: string[]) => run("ip", ["-n", port.namespace, ...args]);
  await inside("address", "flush", "dev", "eth0");
  await inside("link", "set", "eth0", "up");
  await inside("address", "add", `${port.privateIp}/${subnetPrefixLength}`, "dev", "eth0");
  await inside("route", "replace", "default", "via", gateway);
  await run("ip", ["netns", "exec", port.namespace, "nft", "flush", "ruleset"]);
}

/** Sets kernel parameters of this process's network namespace. */
export function sysctl(settings: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(settings))
    writeFileSync(`/proc/sys/${key.replaceAll(".", "/")}`, String(value));
}
