/** A check of the service that keepalived runs. */
export interface TrackScript {
  /** What keepalived.conf calls it. */
  readonly name: string;
  /** Path of the script. */
  readonly script: string;
  /** After so many seconds keepalived takes it for failed. */
  readonly timeoutSeconds: number;
  /** Seconds between two runs. */
  readonly intervalSeconds: number;
  /** After so many failures in a row the node gives up. */
  readonly fall: number;
  /** After so many successes in a row it may serve again. */
  readonly rise: number;
}

/** How long the slowest health check of a pair takes to tell, in ms. */
export interface HealthCheckTimes {
  /** Until the node gives up, once the service is ill. */
  readonly failsAfterMs: number;
  /** Until the node may serve again, once the service is well. */
  readonly recoversAfterMs: number;
}

/** The checks of a keepalived.conf. */
export function trackScripts(conf: string): TrackScript[] {
  return [...conf.matchAll(/^vrrp_script (\S+) \{\n(.*?)^\}/gms)].flatMap(([, name = "", body = ""]) => {
    const script = /^\s*script "?([^"\n]+)"?$/m.exec(body)?.[1];
    const number = (key: string) => Number(new RegExp(`^\\s*${key} (\\d+)$`, "m").exec(body)?.[1] ?? 1);
    const timeoutSeconds = number("timeout");
    const timing = { timeoutSeconds, intervalSeconds: number("interval"), fall: number("fall"), rise: number("rise") };
    return script === undefined ? [] : [{ name, script, ...timing }];
  });
}

/**
 * How fast the checks of a keepalived.conf tell, of which a run may take as long as its timeout; undefined where there are none.
 */
export function healthCheckTimes(conf: string): HealthCheckTimes | undefined {
  const checks = trackScripts(conf);
  if (checks.length === 0) return undefined;
  const slowestMs = (count: "fall" | "rise") =>
    1_000 * Math.max(...checks.map((check) => check[count] * (check.intervalSeconds + check.timeoutSeconds)));
  return { failsAfterMs: slowestMs("fall"), recoversAfterMs: slowestMs("rise") };
}
