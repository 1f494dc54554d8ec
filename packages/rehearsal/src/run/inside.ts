// The inner process of a rehearsal. What it is told to do comes in lines, on its standard input.
import { on } from "node:events";
import { createInterface } from "node:readline";
import { runInnerProcess } from "./inner-process.ts";
import type { LabCommand, LabMessage, LabSpec } from "./messages.ts";
import { rehearse } from "./rehearse.ts";

// Listens from now on, so that no line is lost before it is asked for.
const lines = on(createInterface({ input: process.stdin }), "line", { close: ["close"] });

async function* commands(): AsyncGenerator<LabCommand> {
  for await (const [line] of lines) yield JSON.parse(String(line)) as LabCommand;
}

runInnerProcess<LabSpec, LabMessage>((spec, tell) => rehearse(spec, commands(), tell));
