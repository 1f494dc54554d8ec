import type { Host } from "../node/host.ts";

/** Wakes whoever waits. */
export interface Bell {
  ring(): void;
  /** Waits until it rings, or for so many ms. */
  wait(ms: number): Promise<void>;
}

export function bell(host: Host): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of waiting) wake();
      waiting.clear();
    },
    async wait(ms) {
      await new Promise<void>((wake) => {
        waiting.add(wake);
        host.sleep(ms).then(() => {
          // Whoever is not rung for must not be kept: nothing may ring for months.
          waiting.delete(wake);
          wake();
        });
      });
    },
  };
}
