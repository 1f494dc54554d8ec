// A lab without nodes: it speaks as src/run/inside.ts does, and does what its pair's settings say.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { sleep } from "../../src/machine/process.ts";
import type { LabCommand, LabMessage, LabSpec } from "../../src/run/messages.ts";
import { runRecord } from "../report/run.ts";

const { mechanism, settings } = JSON.parse(process.argv[2] ?? "{}") as LabSpec;
const does = settings["does"];
const tell = (message: LabMessage) => void writeSync(3, `${JSON.stringify(message)}\n`);

if (does === "does not come up") {
  tell({ kind: "failed", cause: "the primary's boot failed" });
  process.exit(1);
}
for (const [who, state] of [
  ["primary", "MASTER"],
  ["secondary", "BACKUP"],
] as const) {
  tell({ kind: "event", event: { at: Date.now(), who, kind: "state", what: `notifies ${state}`, state } });
}
const holder = { at: Date.now(), who: "cloud", kind: "holder", what: "10.0.1.100 is on primary" } as const;
tell({ kind: "event", event: { ...holder, holder: "primary" } });
for (const via of ["VIP", "EIP"] as const) tell({ kind: "client", via, answeredBy: ["primary"], since: Date.now() });
tell({ kind: "ready", isWell: true });
for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as LabCommand;
  if (command.kind !== "run") break;
  const { fault, repetition, seed } = command.run;
  tell({ kind: "begins", run: command.run, victim: "secondary", convergeBoundMs: 7_000 });
  tell({ kind: "phase", phase: "fault" });
  const zero = Date.now();
  tell({ kind: "event", event: { at: zero, who: "primary", kind: "fault", what: "FAULT: it begins" } });
  if (fault === does) {
    console.error("out of memory");
    process.exit(3);
  }
  tell({ kind: "client", via: "VIP", answeredBy: [], since: Date.now() });
  if (does === `hangs at ${fault}`) {
    for (const step of ["one", "two", "three", "four", "five"]) {
      await sleep(120);
      tell({ kind: "event", event: { at: zero, who: "cloud", kind: "note", what: `step ${step}` } });
    }
  }
  if (does === "hangs" || does === `hangs at ${fault}`) await sleep(60_000);
  const violations = does === `fails ${fault}` ? [{ check: "receipts tell the truth", text: "they do not" }] : [];
  tell({ kind: "run", record: runRecord({ fault, mechanism, repetition, seed, violations }) });
  tell({ kind: "ready", isWell: violations.length === 0 });
}
process.exit(0);
