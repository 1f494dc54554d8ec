import { note } from "../node/files.ts";
import type { Host } from "../node/host.ts";

/**
 * Says that the agent is awake: the seconds since the boot, which no change of the time of day moves. The notify script and
 * the timer compare it with /proc/uptime, and start a one-shot pass where it is old.
 */
export function heartbeat(host: Host): void {
  note(host, "heartbeat", `${host.readFile("/proc/uptime")?.split(".")[0]}\n`);
}
