import type { Mechanism } from "pairctl/contract";
import { faultNamed } from "../faults/index.ts";
import { renderRun } from "../report/render-run.ts";
import type { RunRecord } from "../report/run-record.ts";
import { type PairParts, runCampaign } from "../run/campaign.ts";
import type { LabSpec } from "../run/messages.ts";
import { type PlannedLab, planLabs } from "../run/plan.ts";
import type { Variant } from "../variants/variant.ts";
import { judgeUnbroken, judgeVariant, type Verdict } from "./verdict.ts";

/** What became of one run of the detection. */
export interface Finding {
  /** The variant's name; undefined: the pair was not broken. */
  readonly variant: string | undefined;
  readonly mechanism: Mechanism;
  readonly fault: string;
  readonly verdict: Verdict;
  /** How long it took, in ms, with its share of the lab. */
  readonly ms: number;
}

/** What all runs of the detection have in common. */
export interface DetectionOptions {
  readonly common: Omit<LabSpec, "cgroups" | "settings" | "mechanism" | "variant" | keyof PairParts>;
  readonly say: (line: string) => void;
  readonly interruption: AbortSignal;
}

/** The seed of all runs: what is compared differs in nothing but what is broken. */
const SEED = 1;

/**
 * Tries whether the rehearsal notices variants. First the pair that is not broken has to pass every fault that is to show
 * a variant: what fails anyway shows nothing. Then each variant, in a lab of its own, goes through its fault.
 *
 * @throws what the interruption is aborted with
 */
export async function detect(variants: readonly Variant[], options: DetectionOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const lab of unbrokenLabs(variants)) {
    const since = Date.now();
    options.say(`\nnot broken, ${lab.mechanism}: ${lab.runs.map(({ fault }) => fault).join(", ")}`);
    const records = await runs(lab, undefined, options);
    const ms = (Date.now() - since) / lab.runs.length;
    for (const { fault } of lab.runs) {
      const verdict = judgeUnbroken(records.find((record) => record.fault === fault));
      findings.push({ variant: undefined, mechanism: lab.mechanism, fault, verdict, ms });
    }
  }
  for (const variant of variants) {
    const { name, breaks, mechanism, fault } = variant;
    const since = Date.now();
    options.say(`\n${name}, ${mechanism}: ${breaks}`);
    for (const lab of planLabs([faultNamed(fault)], [mechanism], 1, SEED)) {
      const [record] = await runs(lab, name, options);
      const verdict = judgeVariant(variant, record);
      options.say(verdict.kind === "caught" ? "  caught" : "  NOT CAUGHT");
      findings.push({ variant: name, mechanism, fault, verdict, ms: Date.now() - since });
    }
  }
  return findings;
}

/** The runs of the pair that is not broken: each fault that shows a variant, once with each mechanism that needs it. */
export function unbrokenLabs(variants: readonly Variant[]): PlannedLab[] {
  const mechanisms = [...new Set(variants.map(({ mechanism }) => mechanism))];
  return mechanisms.flatMap((mechanism) => {
    const faults = new Set(variants.filter((each) => each.mechanism === mechanism).map(({ fault }) => fault));
    return planLabs([...faults].map(faultNamed), [mechanism], 1, SEED);
  });
}

async function runs(
  lab: PlannedLab,
  variant: string | undefined,
  { common, say, interruption }: DetectionOptions,
): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  await runCampaign({
    ...{ plan: [lab], labs: 1, keep: false, interruption },
    common: { ...common, ...(variant !== undefined && { variant }) },
    partsFor: () => Promise.resolve({ plugins: null, packages: null }),
    onLab: () => {},
    onMessage: () => {},
    onOutput: (_, line) => say(line),
    onRun: (_, record) => {
      records.push(record);
      say(renderRun(record).join("\n  "));
    },
    onProblem: (_, text) => say(`  FAILED: ${text}`),
    onKept: () => {},
  });
  return records;
}
