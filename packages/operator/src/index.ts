/** The operator's command as a library, for tests and for the rehearsal. */
export { run, type Surroundings } from "./cli/run.ts";
export type { Terminal } from "./cli/terminal.ts";
export { COMMANDS } from "./commands/index.ts";
export { EXIT_CODES, type Outcome } from "./exit-codes.ts";
