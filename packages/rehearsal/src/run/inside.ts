// The inner process of a rehearsal: process 1 of its own namespaces. What it is told comes as JSON in its argument,
// what it tells goes as JSON lines to file descriptor 3.
import { writeSync } from "node:fs";
import type { LabMessage, LabSpec } from "./messages.ts";
import { rehearse } from "./rehearse.ts";

const MESSAGES = 3;

// Process 1 of a namespace has no default actions for signals.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

const tell = (message: LabMessage) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);

rehearse(JSON.parse(process.argv[2] ?? "{}") as LabSpec, console.log, tell).then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`\nFAILED: ${error.message}`);
    process.exit(1);
  },
);
