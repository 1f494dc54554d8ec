import { SETUP_PATHS, TUNING_ROWS } from "../contract";
import type { NodeFile } from "../render/cloud-config";
import type { PairctlProps } from "./pairctl-props";

/** What a run of pairctl takes at most beyond its deadline, in seconds: to start, and to write its receipt. */
const RUN_OVERHEAD_SECONDS = 5;

/** How much longer systemd waits, in seconds: `timeout` ends a long run by SIGTERM, and 2 s later by SIGKILL. */
const STOP_MARGIN_SECONDS = 5;

/** After how many seconds a run of pairctl is ended from outside. */
export function runLimitSeconds({ deadlineMs = TUNING_ROWS.deadlineMs.default }: PairctlProps): number {
  return Math.ceil(deadlineMs / 1000) + RUN_OVERHEAD_SECONDS;
}

/** How many seconds systemd waits for a run when it restarts pairctl's unit. */
export function stopLimitSeconds(props: PairctlProps): number {
  return runLimitSeconds(props) + STOP_MARGIN_SECONDS;
}

/**
 * The drop-in of pairctl's unit where a run may take longer than by default. A notification restarts the unit, and the run
 * that is under way is to end by itself: it must not be killed before its own limit. The unit itself, which all nodes have
 * alike, waits long enough for the default.
 */
export function stopLimitFiles(props: PairctlProps): NodeFile[] {
  const seconds = stopLimitSeconds(props);
  if (seconds <= stopLimitSeconds({})) return [];
  return [{ path: SETUP_PATHS.pairctlDropIn, content: `[Service]\nTimeoutStopSec=${seconds}\n` }];
}
