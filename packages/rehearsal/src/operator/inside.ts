// The inner process of a rehearsal of the operator's command.
import { runInnerProcess } from "../run/inner-process.ts";
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
  | { readonly kind: "interruption"; readonly result: InterruptionResult };

runInnerProcess<OperatorSpec, OperatorMessage>((spec, tell) => {
  const say = (line: string) => tell({ kind: "says", line });
  if (spec.interruptions !== undefined) {
    return rehearseInterruptions(spec, spec.interruptions, (result) => tell({ kind: "interruption", result }), say);
  }
  const steps = STEPS.filter(({ name }) => spec.steps.includes(name));
  return rehearseOperator(spec, steps, (result) => tell({ kind: "step", result }), say);
});
