// The program `pair`.
import { MACHINE_CLOCK } from "./cli/clock.ts";
import { run } from "./cli/run.ts";
import { processTerminal } from "./cli/terminal.ts";
import { COMMANDS } from "./commands/index.ts";

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());
// A reader that has seen enough, as in `pair logs | head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void run(COMMANDS, process.argv.slice(2), {
  env: process.env,
  terminal: processTerminal(),
  interruption: interruption.signal,
  clock: MACHINE_CLOCK,
}).then((status) => {
  process.exitCode = status;
});
