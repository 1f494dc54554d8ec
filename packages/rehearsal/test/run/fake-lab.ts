// A lab without nodes: it speaks as src/run/inside.ts does, and does what its pair's settings say.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import type { LabCommand, LabMessage, LabSpec } from "../../src/run/messages.ts";
import { runRecord } from "../report/run.ts";

const { mechanism, settings } = JSON.parse(process.argv[2] ?? "{}") as LabSpec;
const does = settings["does"];
const tell = (message: LabMessage) => void writeSync(3, `${JSON.stringify(message)}\n`);

if (does === "does not come up") {
  tell({ kind: "failed", cause: "the primary's boot failed" });
  process.exit(1);
}
tell({ kind: "ready", isWell: true });
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as LabCommand;
  if (command.kind !== "run") break;
  const { fault, repetition, seed } = command.run;
  tell({ kind: "begins", run: command.run, victim: "secondary", convergeBoundMs: 7_000 });
  tell({ kind: "event", event: { at: Date.now(), who: "primary", kind: "fault", what: "FAULT: it begins" } });
  if (fault === does) {
    console.error("out of memory");
    process.exit(3);
  }
  if (does === "hangs") await new Promise((resolve) => setTimeout(resolve, 60_000));
  const violations = does === `fails ${fault}` ? [{ check: "receipts tell the truth", text: "they do not" }] : [];
  tell({ kind: "run", record: runRecord({ fault, mechanism, repetition, seed, violations }) });
  tell({ kind: "ready", isWell: violations.length === 0 });
}
process.exit(0);
