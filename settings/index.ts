import { PropError } from "../constructs";
import { SettingsError } from "../packages/settings-files/src/settings-error";

export { SettingsError } from "../packages/settings-files/src/settings-error";
export { settingsFiles } from "../packages/settings-files/src/settings-files";
export { loadPairSettings } from "./load";
export type { PairSettings } from "./pair-settings";
export { pairStack } from "./pair-stack";

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
