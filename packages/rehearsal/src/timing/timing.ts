import type { HealthCheckTimes } from "../stack/track-scripts.ts";

/** What the times of a pair derive from. */
export interface Timing {
  /** How often the MASTER sends an advert, in ms. */
  readonly advertIntMs: number;
  /** How many adverts are missing until a BACKUP becomes MASTER. */
  readonly downTimerAdverts: number;
  /** How long an asynchronous task of the cloud takes, in ms. */
  readonly taskMs: number;
  /** Undefined: the pair has no health check. */
  readonly healthCheck?: HealthCheckTimes | undefined;
}

/** What the times of a lab's pair derive from now: a fault may change how long a task takes. */
export function timingOf({
  stack: { advertIntMs, downTimerAdverts, healthCheck },
  cloud: { taskMs },
}: {
  readonly stack: Pick<Timing, "advertIntMs" | "downTimerAdverts" | "healthCheck">;
  readonly cloud: Pick<Timing, "taskMs">;
}): Timing {
  return { advertIntMs, downTimerAdverts, taskMs, healthCheck };
}
