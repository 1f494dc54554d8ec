import type { Assumptions } from "local-cloud";
import type { AcceptanceReport } from "./acceptance-run.ts";

/** How a run of the acceptance has ended. */
export interface EndedRun {
  readonly status: number;
  /** The name of the moment at which it was to get a SIGINT; null: at none. */
  readonly interruptAt: string | null;
  /** Whether it got one while it ran. */
  readonly wasInterrupted: boolean;
  /** What is left in the cloud, by kind. */
  readonly left: readonly string[];
  readonly report: AcceptanceReport | undefined;
}

/** The exit status of a run that a signal has ended. */
const INTERRUPTED = 130;

/**
 * What is wrong with a run of the acceptance.
 *
 * @param assumptions the readings that the cloud had which are not believed
 * @returns a sentence for each problem
 */
export function problemsOf(
  { status, interruptAt, wasInterrupted, left, report }: EndedRun,
  assumptions: Partial<Assumptions>,
): string[] {
  const problems = left.length > 0 ? [`it leaves ${left.join(", ")}`] : [];
  if (interruptAt !== null && !wasInterrupted) {
    problems.push(`it was to be interrupted at '${interruptAt}', and had ended before`);
  }
  if (report === undefined) return [...problems, "it writes no report"];
  const switched = Object.keys(assumptions);
  const expected = wasInterrupted ? INTERRUPTED : switched.length > 0 ? 1 : 0;
  if (status !== expected) problems.push(`its exit status must be ${expected}, is ${status}`);
  if (wasInterrupted) return problems;
  if (report.failure !== null) problems.push(`it failed: ${report.failure}`);
  problems.push(...report.faults.filter(({ passed }) => !passed).map(({ fault }) => `'${fault}' did not pass`));
  if (report.faults.length === 0) problems.push("it tried no fault");
  for (const { name, verdict, seen } of report.assumptions) {
    if (switched.includes(name) && verdict !== "contradicted") problems.push(`${name} is ${verdict}: ${seen}`);
    if (!switched.includes(name) && verdict === "contradicted") problems.push(`${name} is contradicted: ${seen}`);
  }
  return problems;
}
