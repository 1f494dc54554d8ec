// The inner process of a rehearsed acceptance: process 1 of its own namespaces. What it is told comes as JSON in its
// argument; what it tells goes as JSON lines to file descriptor 3.
import { writeSync } from "node:fs";
import type { LabMessage } from "../run/messages.ts";
import { type AcceptanceSpec, rehearseAcceptance } from "./rehearse-acceptance.ts";

const MESSAGES = 3;

// Process 1 of a namespace has no default actions for signals.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

const tell = (message: LabMessage) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);

function fail(error: Error): never {
  tell({ kind: "failed", cause: error.message });
  process.exit(1);
}

process.on("uncaughtException", fail);

const spec = JSON.parse(process.argv[2] ?? "{}") as AcceptanceSpec;
rehearseAcceptance(spec, (line) => tell({ kind: "says", line })).then((problems) => {
  if (problems.length > 0) fail(new Error(problems.join("; ")));
  process.exit(0);
}, fail);
