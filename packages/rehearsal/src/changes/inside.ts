// The inner process of a rehearsal of changes: process 1 of its own namespaces. What it tells goes as JSON lines to file
// descriptor 3.
import { writeSync } from "node:fs";
import type { OperatedPairOptions } from "../operator/operated-pair.ts";
import { changesWith } from "./index.ts";
import { rehearseChanges } from "./rehearse-changes.ts";
import type { ChangeResult } from "./result.ts";

/** What it is told when it is started. */
interface ChangesSpec extends OperatedPairOptions {
  /** The names of the changes. */
  readonly changes: readonly string[];
}

/** What it tells. */
type ChangesMessage =
  | { readonly kind: "says"; readonly line: string }
  | { readonly kind: "result"; readonly result: ChangeResult }
  | { readonly kind: "failed"; readonly cause: string };

const MESSAGES = 3;
const tell = (message: ChangesMessage) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);

// Process 1 of a namespace has no default actions for signals.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

function fail(error: Error): never {
  tell({ kind: "failed", cause: error.message });
  process.exit(1);
}
process.on("uncaughtException", fail);

const spec = JSON.parse(process.argv[2] ?? "{}") as ChangesSpec;
rehearseChanges(
  spec,
  changesWith(spec.mechanism, spec.changes),
  (result) => tell({ kind: "result", result }),
  (line) => tell({ kind: "says", line }),
).then(() => process.exit(0), fail);
