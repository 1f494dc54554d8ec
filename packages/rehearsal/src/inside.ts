// The inner process of a rehearsal: process 1 of its own namespaces. What it is told comes as JSON in its argument.
import { type RehearsalSpec, rehearse } from "./rehearse.ts";

// The outer process holds the other end: where it is gone, so is the reason to go on.
process.stdin.resume().on("end", () => process.exit(1));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

rehearse(JSON.parse(process.argv[2] ?? "{}") as RehearsalSpec, console.log).then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`\nFAILED: ${error.message}`);
    process.exit(1);
  },
);
