// The inner process of a rehearsal of changes.
import type { OperatedPairOptions } from "../operator/operated-pair.ts";
import { runInnerProcess } from "../run/inner-process.ts";
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
  { readonly kind: "says"; readonly line: string } | { readonly kind: "result"; readonly result: ChangeResult };

runInnerProcess<ChangesSpec, ChangesMessage>((spec, tell) =>
  rehearseChanges(
    spec,
    changesWith(spec.mechanism, spec.changes),
    (result) => tell({ kind: "result", result }),
    (line) => tell({ kind: "says", line }),
  ),
);
