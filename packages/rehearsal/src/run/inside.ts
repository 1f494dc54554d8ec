// The inner process of a rehearsal: process 1 of its own namespaces. What it is told comes as JSON in its argument and
// then, in lines, on its standard input; what it tells goes as JSON lines to file descriptor 3.
import { on } from "node:events";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { LabCommand, LabMessage, LabSpec } from "./messages.ts";
import { rehearse } from "./rehearse.ts";

const MESSAGES = 3;

// Process 1 of a namespace has no default actions for signals.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

const tell = (message: LabMessage) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);

function fail(error: Error): never {
  tell({ kind: "failed", cause: error.message });
  process.exit(1);
}

// Also what goes wrong where nobody waits for it ends the lab with its cause.
process.on("uncaughtException", fail);

// Listens from now on, so that no line is lost before it is asked for.
const lines = on(createInterface({ input: process.stdin }), "line", { close: ["close"] });

async function* commands(): AsyncGenerator<LabCommand> {
  for await (const [line] of lines) yield JSON.parse(String(line)) as LabCommand;
}

rehearse(JSON.parse(process.argv[2] ?? "{}") as LabSpec, commands(), tell).then(() => process.exit(0), fail);
