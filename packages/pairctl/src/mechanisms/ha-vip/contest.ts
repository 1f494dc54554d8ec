import { type HaVipMemory, type Memory, NOTHING } from "../../protocol/memory.ts";
import type { Run } from "../../protocol/run.ts";
import { promotionOf } from "../../protocol/vrrp.ts";
import type { HaVipObservation } from "./observe.ts";

/**
 * For how long, in ms, a HAVIP that has moved away from a MASTER is not taken for settled: some passes of the timer, and
 * less than the minute after which an alert is advised, since one stray announcement is over with the next refresh.
 */
const CONTESTED_MS = 30_000;

/**
 * What a MASTER remembers of a HAVIP. Two nodes that do not hear each other's VRRP both announce it, and the fabric moves
 * it to and fro every few seconds. So a look that sees it here proves little: what does is that the fabric has not moved
 * it since the look before.
 */
export function contest(
  { host, memory, notification }: Pick<Run, "host" | "memory" | "notification">,
  { flushedTime, holder }: HaVipObservation,
): Memory {
  const promotion = promotionOf(notification);
  const isHere = holder === "mine";
  if (memory.role !== "ha-vip master" || (promotion !== undefined && memory.promotion !== promotion)) {
    return isHere ? { role: "ha-vip master", promotion, flushedTime } : NOTHING;
  }
  const hasMoved = !isHere || memory.flushedTime !== flushedTime;
  const settled: HaVipMemory = { ...memory, flushedTime };
  return hasMoved ? { ...settled, contestedAt: host.clock() } : settled;
}

/** Whether the address has moved away from this MASTER not long ago. */
export function isContested(memory: Memory, now: number): boolean {
  return memory.role === "ha-vip master" && now - (memory.contestedAt ?? -Infinity) < CONTESTED_MS;
}
