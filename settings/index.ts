import { PropError } from "../constructs";
import { SettingsError } from "./settings-error";

export { declareBackend } from "./backend";

export { healthCheckOf } from "./health-check";
export { loadPairSettings } from "./load";
export type { PairSettings } from "./schema";
export { SettingsError } from "./settings-error";

/**
 * Runs the synthesis. A refused value ends it with the refusal alone on stderr and exit status 1: a stack trace would
 * bury it.
 */
export function orExplain(synthesize: () => void): void {
  try {
    synthesize();
  } catch (error) {
    if (!(error instanceof PropError) && !(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
