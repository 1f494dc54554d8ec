import { passed, type RunRecord, type ViolationRecord } from "../report/run-record.ts";
import { EFFECT_CHECK, type Variant } from "../variants/variant.ts";

/** What became of a variant, or of the pair that is not broken. */
export type Verdict =
  /** The rehearsal has noticed, for the reason that was to be expected: the violation that says so. */
  | { readonly kind: "caught"; readonly by: ViolationRecord }
  /** A run of the pair that is not broken, in which nothing was found. */
  | { readonly kind: "passed" }
  /** Not so; what was found instead. */
  | { readonly kind: "wrong"; readonly found: string };

/** Whether the run of a variant has shown what it must. @param record undefined: the run was not made */
export function judgeVariant({ shows }: Pick<Variant, "shows">, record: RunRecord | undefined): Verdict {
  const violations = record?.violations ?? [];
  const by = violations.find(({ check, text }) => check === shows.check && shows.text.test(text));
  const hasNoEffect = violations.some(({ check }) => check === EFFECT_CHECK);
  return by === undefined || hasNoEffect ? { kind: "wrong", found: describe(record) } : { kind: "caught", by };
}

/** Whether a run of the pair that is not broken has passed. @param record undefined: the run was not made */
export function judgeUnbroken(record: RunRecord | undefined): Verdict {
  return record !== undefined && passed(record) ? { kind: "passed" } : { kind: "wrong", found: describe(record) };
}

/** Whether it is as it must be. */
export const isRight = ({ kind }: Verdict): boolean => kind !== "wrong";

function describe(record: RunRecord | undefined): string {
  if (record === undefined) return "the run was not made";
  if (passed(record)) return "the run has passed";
  return record.violations.map(({ check, text }) => `${check}: ${text}`).join("; ");
}
