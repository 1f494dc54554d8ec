import { setImmediate as nextTurn } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";
import { PEER_PORT } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";

/** What ends a call that is never answered, in ms, where timers are real: no machine is as busy as that. */
const HANGS_MS = 60_000;

/** The real calls that have no answer yet. */
const underway = new Set<Promise<unknown>>();

/**
 * The real network, as nodes in simulated time use it: their time stands still until a call has its answer, and no call
 * is given up. With a time limit of its own, a call near a run's deadline would fail on a busy machine.
 */
export const network: Pick<Host, "request"> = {
  request: async (url, asked) => {
    // A test that has two agents lets them talk by itself.
    if (new URL(url).port === String(PEER_PORT)) throw new Error("connect ECONNREFUSED");
    const answer = nodeHost().request(url, { ...asked, timeoutMs: HANGS_MS });
    underway.add(answer);
    try {
      return await answer;
    } finally {
      underway.delete(answer);
    }
  },
};

/**
 * A clock that begins at 0. It goes on only while all who have it sleep and no call is underway, to the time at which the
 * first of them wakes. Timers go on with it where {@link simulateTimers} has replaced them.
 */
export function virtualTime(): Pick<Host, "clock" | "sleep"> {
  let ms = 0;
  let isPassing = false;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  /** Wakes one after the other, each once whoever woke before it sleeps again. */
  const pass = async () => {
    isPassing = true;
    while (sleepers.length > 0) {
      await nextTurn();
      if (underway.size > 0) {
        await Promise.allSettled(underway);
        continue;
      }
      const [first] = sleepers.sort((one, other) => one.until - other.until).splice(0, 1);
      if (first === undefined) break;
      if (vi.isFakeTimers()) vi.advanceTimersByTime(first.until - ms);
      ms = first.until;
      first.wake();
    }
    isPassing = false;
  };
  return {
    clock: () => ms,
    sleep: (pause) =>
      new Promise((wake) => {
        // As a timer does: a pause whose end is over already is none.
        sleepers.push({ until: ms + Math.max(pause, 0), wake });
        if (!isPassing) void pass();
      }),
  };
}

/**
 * Lets the timers of the test, and those of the cloud's tasks, run in the nodes' simulated time until the test is over:
 * to be called before either of them is there.
 */
export function simulateTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}
