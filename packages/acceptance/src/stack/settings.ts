import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { AcceptanceOptions } from "../options.ts";

/** The port of the server that the nodes run for the measurement. */
export const SERVER_PORT = 7008;

/** The addresses of the pair, which is alone in its network. */
export const ADDRESSES = { vip: "10.0.1.100", parkingIp: "10.0.1.101", primary: "10.0.1.11", secondary: "10.0.1.12" };

/** The pair's name: that of an earlier run that the folder knows, or a new one. */
export function pairName(folder: string): string {
  const file = settingsFile(folder);
  if (existsSync(file)) return (parse(readFileSync(file, "utf8")) as { name: string }).name;
  return `acceptance-${randomBytes(3).toString("hex")}`;
}

/**
 * Writes the settings of the smallest pair that shows everything: a network of its own, two nodes, an EIP.
 *
 * @returns the file's path
 */
export function writeSettings(options: AcceptanceOptions, name: string, zone: string): string {
  const { folder, region, mechanism, instanceType, from } = options;
  const { vip, parkingIp, primary, secondary } = ADDRESSES;
  const settings = {
    name,
    region,
    network: { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24", availabilityZone: zone },
    mechanism,
    vip,
    ...(mechanism === "secondary-private-ip" && { parkingIp }),
    eip: { bandwidthMbps: 1 },
    primary: { privateIp: primary, priority: 100 },
    secondary: { privateIp: secondary, priority: 80 },
    image: "ubuntu-22.04",
    instanceType,
    ingress: [{ protocol: "TCP", port: String(SERVER_PORT), cidrBlock: from, description: "acceptance" }],
    keepalived: { virtualRouterId: 51, advertInt: 1 },
    tags: { "managed-by": "cdktf-tencentcloud-keepalived", acceptance: name },
    backend: { type: "local" },
  };
  const file = settingsFile(folder);
  writeFileSync(file, stringify(settings));
  return file;
}

const settingsFile = (folder: string) => join(folder, "settings.yaml");
