import type { Host } from "../node/host.ts";

/** Wakes whoever waits. */
export interface Bell {
  ring(): void;
  /** Waits until it rings, or for so many ms. */
  wait(ms: number): Promise<unknown>;
}

export function bell(host: Host): Bell {
  let waiting: (() => void)[] = [];
  return {
    ring() {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    wait: (ms) => Promise.race([new Promise<void>((wake) => waiting.push(wake)), host.sleep(ms)]),
  };
}
