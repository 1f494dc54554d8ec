import type { Host } from "./host.ts";

/** The seconds since the boot, which no change of the clock affects, and which the shell reads, too; NaN where they cannot be read. */
export function uptime(host: Host): number {
  return parseFloat(host.readFile("/proc/uptime") || "");
}
