import { recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { uptime } from "../node/uptime.ts";

/** The file below /run with the seconds of the node's uptime until which keepalived is held in FAULT, for `assets/yield`. */
export const YIELD = "yield";

/** What a receipt says of a node that yields, and the agent's journal. */
export const YIELDS = "yields to the peer: allow protocol 112";

/** Whether keepalived is held in FAULT, so that the peer is the only MASTER. */
export function isYielding(host: Host): boolean {
  const until = recall(host, YIELD);
  return until !== "" && Number(until) > uptime(host);
}
