import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "../operator/ended.ts";
import type { OperatedPair } from "../operator/operated-pair.ts";
import { LEFT_ALONE, REFUSED_BY_TERRAFORM } from "./change.ts";

/** What is read of what `pair plan --json` says. */
interface PlanReport {
  readonly worst: string;
  readonly refusals: readonly string[];
  readonly refusedFor: readonly string[];
  readonly leftAlone: readonly unknown[];
  readonly findings: readonly unknown[];
}

/**
 * What `pair plan` says of what is synthesized.
 *
 * @throws where there is no plan, or it cannot be judged
 */
export async function checkPlan(pair: OperatedPair, ...args: readonly string[]): Promise<PlanReport> {
  const file = join(pair.stackFolder, "rehearsed.plan");
  rmSync(file, { force: true });
  // One that Terraform refuses is written as well, with its reasons.
  const planned = await pair.terraform("plan", "-input=false", "-no-color", `-out=${file}`, ...args);
  const shown = await pair.terraform("show", "-json", file);
  if (shown.status !== 0 && planned.status === 1) return refusedAtOnce(planned.said);
  if (shown.status !== 0) throw new Error(`the plan cannot be read:\n${shown.said}`);
  return readJudgement(await pair.judge(shown.output));
}

/**
 * Reads what `pair plan --json` says.
 *
 * @throws where it could not judge the plan
 */
export function readJudgement(judged: Ended): PlanReport {
  try {
    return JSON.parse(judged.output) as PlanReport;
  } catch {
    throw new Error(`'pair plan' ended with ${judged.status}:\n${judged.said}`);
  }
}

/** Where Terraform refuses to plan at all, as it does where what must not be destroyed would be. */
function refusedAtOnce(reason: string): PlanReport {
  return { worst: "nothing", refusals: [reason], refusedFor: [], leftAlone: [], findings: [] };
}

/** A report in the words of the table: the worst verdict by its name, and whether the plan is refused for it. */
export function planSays({ worst, refusals, refusedFor, leftAlone }: PlanReport): string {
  if (refusals.length > 0) return REFUSED_BY_TERRAFORM;
  if (refusedFor.length > 0) return `${worst}, refused`;
  return worst === "nothing" && leftAlone.length > 0 ? LEFT_ALONE : worst;
}

/** What is to be done still, by the plan and by what it leaves alone; empty where nothing is. */
export function leftToDo({ refusals, findings, leftAlone }: PlanReport): string[] {
  return [...refusals, ...[...findings, ...leftAlone].map((each) => JSON.stringify(each))];
}
