import type { ChildProcess } from "node:child_process";
import type { RunRecord } from "../report/run-record.ts";
import { runLab } from "./isolated-lab.ts";
import type { LabMessage, LabSpec, PlannedRun } from "./messages.ts";
import type { PlannedLab } from "./plan.ts";

/** What all labs of a campaign have in common. */
export interface CampaignOptions {
  readonly common: Omit<LabSpec, "cgroups" | "plan" | "settings" | "mechanism" | "plugins">;
  /** Where the provider is for a lab's pair, or null. */
  readonly pluginsFor: (lab: PlannedLab) => string | null;
  readonly onRun: (record: RunRecord) => void;
  /** Told when a pair stays up, and the process that has it. */
  readonly onKept: (process: ChildProcess) => void;
  readonly say: (line: string) => void;
  readonly interruption: AbortSignal;
}

/**
 * Takes a pair through all its runs. After a run that the pair does not pass, the rest goes on in a new lab.
 *
 * @returns whether every lab came up, and every run was made
 */
export async function runPlannedLab(lab: PlannedLab, options: CampaignOptions): Promise<boolean> {
  let isWhole = true;
  for (let plan = lab.runs; plan.length > 0;) {
    const made = await runSome(lab, plan, options);
    options.interruption.throwIfAborted();
    if (made.failed) isWhole = false;
    // A lab that does not come up, or dies, is not tried with the same fault again.
    plan = plan.slice(Math.max(1, made.runs));
    if (plan.length > 0) options.say(`\n${lab.mechanism}: a new lab for the remaining ${plan.length} runs`);
  }
  return isWhole;
}

async function runSome(
  { mechanism, settings }: PlannedLab,
  plan: readonly PlannedRun[],
  { common, pluginsFor, onRun, onKept, interruption }: CampaignOptions,
): Promise<{ readonly runs: number; readonly failed: boolean }> {
  let runs = 0;
  const onMessage = (message: LabMessage, process: ChildProcess) => {
    if (message.kind === "run") {
      runs += 1;
      onRun(message.record);
    }
    if (message.kind === "kept") onKept(process);
  };
  const plugins = pluginsFor({ mechanism, settings, runs: plan });
  const spec = { ...common, mechanism, settings, plan, plugins };
  const status = await runLab({ spec, onMessage, interruption });
  return { runs, failed: status !== 0 };
}
