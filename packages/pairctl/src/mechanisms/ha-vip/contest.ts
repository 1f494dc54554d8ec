import { type HaVipMemory, type Memory, NOTHING } from "../../protocol/memory.ts";
import type { Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import { promotionOf } from "../../protocol/vrrp.ts";

/**
 * For how long a HAVIP that has moved away from a MASTER counts as contested, in ms: several periods of the timer, and
 * less than the minute after which an alert is advised, since the next refresh corrects a single stray announcement.
 */
const CONTESTED_MS = 30_000;

/**
 * What a MASTER remembers of a HAVIP. Two nodes that do not hear each other's VRRP both announce it, and the fabric
 * moves it to and fro every few seconds. So one observation of it here proves little: two do, if the fabric has not
 * moved it between them.
 *
 * @param seen - where the HAVIP is, and the cloud's `FlushedTime`: when the fabric last moved it
 */
export function contest(
  { host, memory, notification }: Pick<Run, "host" | "memory" | "notification">,
  { flushedTime, holder }: Pick<Observation, "holder"> & { readonly flushedTime: string },
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

/** Whether the address has recently moved away from this MASTER. */
export function isContested(memory: Memory, now: number): boolean {
  return memory.role === "ha-vip master" && now - (memory.contestedAt ?? -Infinity) < CONTESTED_MS;
}
