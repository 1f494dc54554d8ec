import type { Host } from "../node/host.ts";

/** Ends waits before their time. */
export interface WakeSignal {
  /** How often it was raised. */
  readonly raised: number;
  /** Ends every wait that has begun. Who must not miss a change between two waits compares `raised`. */
  raise(): void;
  /** Waits until it is raised, for so many ms at most. */
  wait(ms: number): Promise<void>;
}

/** A signal for which nothing waits yet. */
export function wakeSignal(host: Host): WakeSignal {
  const waiting = new Set<() => void>();
  const signal = {
    raised: 0,
    raise() {
      signal.raised += 1;
      for (const end of waiting) end();
      waiting.clear();
    },
    wait: (ms: number) =>
      new Promise<void>((end) => {
        waiting.add(end);
        host.sleep(ms).then(() => {
          // It must not stay in the set: the signal may not be raised for months.
          waiting.delete(end);
          end();
        });
      }),
  };
  return signal;
}
