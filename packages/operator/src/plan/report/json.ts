import type { PlanReport } from "../finding.ts";
import { conclusion } from "./text.ts";

/** A report for programs: its fields keep their meaning, and others may be added. */
export function jsonReport(report: PlanReport): string {
  return JSON.stringify({ version: 1, conclusion: conclusion(report), ...report }, null, 2);
}
