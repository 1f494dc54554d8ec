import { faultOf, sequenceNamed } from "../random/fault-of.ts";
import { formatSequence, fromItsBeginning, type Sequence } from "../random/sequence.ts";
import { shrink } from "../random/shrink.ts";
import type { RunRecord } from "../report/run-record.ts";
import { type CampaignOptions, runCampaign } from "./campaign.ts";
import { planLabs } from "./plan.ts";

/** What shrinking needs. */
export interface ShrinkFailuresOptions {
  /** In how many tries each is shrunk. */
  readonly tries: number;
  readonly common: CampaignOptions["common"];
  readonly partsFor: CampaignOptions["partsFor"];
  readonly say: (line: string) => void;
  readonly interruption: AbortSignal;
}

/** The tries differ in nothing but the faults. */
const SEED = 1;

/**
 * Shrinks each sequence of a campaign whose run has failed: parts of it are tried, each with a new pair, for one that
 * violates the same check. Says how to try the shortest one again.
 *
 * @throws what the interruption is aborted with
 */
export async function shrinkFailures(runs: readonly RunRecord[], options: ShrinkFailuresOptions): Promise<void> {
  const { tries, say } = options;
  if (tries === 0) return;
  for (const { fault: name, mechanism, violations } of runs) {
    const whole = sequenceNamed(name, mechanism);
    const check = violations[0]?.check;
    if (whole === undefined || check === undefined) continue;
    say(`\n${name}, ${mechanism}: shrinking a sequence of ${whole.length} faults that violates '${check}'`);
    const { sequence, tried, isMinimal } = await shrink(whole, {
      tries,
      fails: async (part) => {
        const found = await violatedChecks(fromItsBeginning(part), mechanism, options);
        say(`  ${part.length} faults: ${found.includes(check) ? "violates it, too" : (found[0] ?? "passes")}`);
        return found.includes(check);
      },
    });
    const end = isMinimal ? "nothing more can be left out" : "no tries are left";
    say(`  ${sequence.length} of ${whole.length} faults after ${tried} tries, ${end}:`);
    say(`  ${replayCommand(fromItsBeginning(sequence), mechanism)}`);
  }
}

/** The command that tries a sequence again. */
export function replayCommand(sequence: Sequence, mechanism: string): string {
  return `npm run rehearse -- --mechanism ${mechanism} --sequence "${formatSequence(sequence)}"`;
}

async function violatedChecks(
  sequence: Sequence,
  mechanism: RunRecord["mechanism"],
  { common, partsFor, say, interruption }: ShrinkFailuresOptions,
): Promise<string[]> {
  const checks: string[] = [];
  await runCampaign({
    plan: planLabs([faultOf(formatSequence(sequence), mechanism)], [mechanism], 1, SEED),
    ...{ labs: 1, keep: false, interruption, common, partsFor },
    onLab: () => {},
    onMessage: () => {},
    onOutput: (_, line) => say(line),
    onRun: (_, { violations }) => checks.push(...violations.map(({ check }) => check)),
    onProblem: (_, text) => say(`  FAILED: ${text}`),
    onKept: () => {},
  });
  return checks;
}
