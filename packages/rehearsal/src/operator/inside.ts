// The inner process of a rehearsal of the operator's command: process 1 of its own namespaces. What it tells goes as JSON
// lines to file descriptor 3.
import { writeSync } from "node:fs";
import type { OperatedPairOptions } from "./operated-pair.ts";
import { type InterruptionResult, type Interruptions, rehearseInterruptions } from "./rehearse-interruptions.ts";
import { rehearseOperator, type StepResult } from "./rehearse-operator.ts";
import { STEPS } from "./steps.ts";

/** What it is told when it is started. */
interface OperatorSpec extends OperatedPairOptions {
  /** The names of the steps. */
  readonly steps: readonly string[];
  /** Rolls that are interrupted, in place of the steps. */
  readonly interruptions?: Interruptions;
}

/** What it tells. */
type OperatorMessage =
  | { readonly kind: "says"; readonly line: string }
  | { readonly kind: "step"; readonly result: StepResult }
  | { readonly kind: "interruption"; readonly result: InterruptionResult }
  | { readonly kind: "failed"; readonly cause: string };

const MESSAGES = 3;
const tell = (message: OperatorMessage) => void writeSync(MESSAGES, `${JSON.stringify(message)}\n`);

// Process 1 of a namespace has no default actions for signals.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

function fail(error: Error): never {
  tell({ kind: "failed", cause: error.message });
  process.exit(1);
}
process.on("uncaughtException", fail);

const spec = JSON.parse(process.argv[2] ?? "{}") as OperatorSpec;
const say = (line: string) => tell({ kind: "says", line });
const steps = STEPS.filter(({ name }) => spec.steps.includes(name));
const rehearsed =
  spec.interruptions === undefined
    ? rehearseOperator(spec, steps, (result) => tell({ kind: "step", result }), say)
    : rehearseInterruptions(spec, spec.interruptions, (result) => tell({ kind: "interruption", result }), say);
rehearsed.then(() => process.exit(0), fail);
