import type { Contest } from "../../protocol/memory.ts";
import type { Observation } from "../../protocol/outcome.ts";
import type { Run } from "../../protocol/run.ts";
import { promotionOf } from "../../protocol/vrrp.ts";

/**
 * For how long, in ms, a HAVIP counts as contested after it has moved away from a MASTER: some runs, and less than the
 * minute after which an alert is advised, since keepalived's next announcement corrects a single stray one.
 */
const CONTESTED_MS = 30_000;

/**
 * What a MASTER remembers of a HAVIP. Two nodes that do not hear each other's VRRP both announce it, and the fabric moves
 * it back and forth every few seconds. So a look that sees it here proves little; that the fabric has not moved it since
 * the last look proves more.
 *
 * @param seen - where the HAVIP is, and the cloud's `FlushedTime`: when the fabric last moved it
 */
export function contestOf(
  { address, host, notification, session }: Pick<Run, "address" | "host" | "notification" | "session">,
  { flushedTime, holder }: Pick<Observation, "holder"> & { readonly flushedTime: string },
): Contest | undefined {
  const before = session.memory.contests.get(address.vip);
  const promotion = promotionOf(notification);
  const isHere = holder === "mine";
  if (before === undefined || (promotion !== undefined && before.promotion !== promotion)) {
    return isHere ? { promotion, flushedTime } : undefined;
  }
  const hasMoved = !isHere || before.flushedTime !== flushedTime;
  const settled: Contest = { ...before, flushedTime };
  return hasMoved ? { ...settled, contestedAt: host.clock() } : settled;
}

/** Whether the address has moved away from this MASTER not long ago. */
export function isContested(contest: Contest | undefined, now: number): boolean {
  return now - (contest?.contestedAt ?? -Infinity) < CONTESTED_MS;
}
