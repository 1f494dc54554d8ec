import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "../operator-error.ts";

/** How often the service is asked, in ms. */
const PERIOD_MS = 100;

/** After how long a connection counts as refused, in ms. */
const TIMEOUT_MS = 1_000;

/** What a client has seen of the service. */
export interface ProbeResult {
  readonly attempts: number;
  readonly failures: number;
  /** The longest time between two connections that came about, in ms: the outage, and up to a period more. */
  readonly longestGapMs: number;
}

/** A client that connects to the service again and again. */
export interface Probe {
  /** Forgets what was seen, and measures anew. */
  readonly reset: () => void;
  readonly result: () => ProbeResult;
  readonly stop: () => Promise<void>;
}

/** A host and a port. */
export interface ProbeTarget {
  readonly host: string;
  readonly port: number;
}

/** @throws UsageError where it is not HOST:PORT */
export function parseProbeTarget(text: string): ProbeTarget {
  const [, host, port] = /^(?:tcp:\/\/)?([\w.-]+|\[[\da-f:]+\]):(\d{1,5})$/i.exec(text) ?? [];
  if (host !== undefined && Number(port) >= 1 && Number(port) <= 65_535) {
    return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
  }
  throw new UsageError(`'--probe' must be HOST:PORT, such as 203.0.113.7:443, got '${text}'`);
}

/** Begins to connect, one attempt after the other, a period apart; those that hang do not hold up the next one. */
export function startProbe(target: ProbeTarget): Probe {
  let attempts = 0;
  let failures = 0;
  let longestGapMs = 0;
  let lastSuccess = performance.now();
  let isOver = false;
  const reset = () => {
    attempts = 0;
    failures = 0;
    longestGapMs = 0;
    lastSuccess = performance.now();
  };
  const attempt = async () => {
    const isUp = await connects(target);
    attempts += 1;
    if (!isUp) {
      failures += 1;
      return;
    }
    longestGapMs = Math.max(longestGapMs, performance.now() - lastSuccess);
    lastSuccess = performance.now();
  };
  const loop = (async () => {
    const open = new Set<Promise<void>>();
    while (!isOver) {
      const next: Promise<void> = attempt().finally(() => open.delete(next));
      open.add(next);
      await sleep(PERIOD_MS);
    }
    await Promise.all(open);
  })();
  return {
    reset,
    // A gap that goes on counts as well.
    result: () => ({
      attempts,
      failures,
      longestGapMs: Math.round(Math.max(longestGapMs, performance.now() - lastSuccess)),
    }),
    stop: async () => {
      isOver = true;
      await loop;
    },
  };
}

function connects({ host, port }: ProbeTarget): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    const end = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
