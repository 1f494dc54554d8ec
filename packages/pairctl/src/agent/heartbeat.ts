import { note } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { uptime } from "../node/uptime.ts";

/**
 * Writes the heartbeat: the seconds since the boot, which no change of the clock affects. The notify script and the timer
 * compare it with /proc/uptime, and restart an agent whose heartbeat is old.
 */
export function heartbeat(host: Host): void {
  note(host, "heartbeat", `${Math.floor(uptime(host))}\n`);
}
