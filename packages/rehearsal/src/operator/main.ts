// Rehearses the operator's command, `pair`, with booted nodes and the real provider: npm run rehearse:operator
import type { Mechanism } from "pairctl/contract";
import { runCommand } from "../cli/command.ts";
import { keepInterruption } from "./interruption-record.ts";
import { parseOperatorOptions, USAGE } from "./options.ts";
import { prepareMachine, runOperatedLab } from "./operated-lab.ts";
import { rehearsedCommit } from "./rehearsed-commit.ts";
import type { InterruptionResult, Interruptions } from "./rehearse-interruptions.ts";
import type { StepResult } from "./rehearse-operator.ts";

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const { mechanisms, steps, interruptions, isKept, help } = parseOperatorOptions(argv);
    if (help) {
      console.log(USAGE);
      return 0;
    }
    const root = await prepareMachine(interruption);
    let isWell = true;
    for (const mechanism of mechanisms) {
      const isMechanismWell =
        interruptions === undefined
          ? await rehearseMechanism(mechanism, steps, root, interruption)
          : await interruptMechanism(mechanism, interruptions, isKept, root, interruption);
      isWell = isMechanismWell && isWell;
    }
    return isWell ? 0 : 1;
  },
});

/** @returns whether every step went as it must */
async function rehearseMechanism(
  mechanism: Mechanism,
  steps: readonly string[],
  root: string,
  interruption: AbortSignal,
): Promise<boolean> {
  const results: StepResult[] = [];
  const inside = new URL("./inside.ts", import.meta.url);
  const cause = await runOperatedLab<{ steps: readonly string[] }, { kind: "step"; result: StepResult }>(
    { mechanism, root, inside, more: { steps }, interruption },
    ({ result }) => {
      results.push(result);
      console.log(row(mechanism, result));
    },
  );
  if (cause !== undefined) console.log(`FAILED: ${cause}`);
  return (
    cause === undefined && results.length === steps.length && results.every(({ problems }) => problems.length === 0)
  );
}

/** @returns whether every interrupted roll ended well when it was run again */
async function interruptMechanism(
  mechanism: Mechanism,
  interruptions: Interruptions,
  isKept: boolean,
  root: string,
  interruption: AbortSignal,
): Promise<boolean> {
  const results: InterruptionResult[] = [];
  const inside = new URL("./inside.ts", import.meta.url);
  const more = { steps: [], interruptions };
  const { way, seed } = interruptions;
  const commit = rehearsedCommit();
  const cause = await runOperatedLab<typeof more, { kind: "interruption"; result: InterruptionResult }>(
    { mechanism, root, inside, more, interruption },
    ({ result }) => {
      results.push(result);
      const date = new Date().toISOString().slice(0, 10);
      if (isKept) keepInterruption({ ...result, mechanism, way, seed, date, commit });
      console.log(interruptionRow(mechanism, result));
    },
  );
  if (cause !== undefined) console.log(`FAILED: ${cause}`);
  // The first one is not interrupted.
  const isComplete = cause === undefined && results.length === interruptions.count + 1;
  return isComplete && results.every(({ problems }) => problems.length === 0);
}

function interruptionRow(mechanism: Mechanism, result: InterruptionResult): string {
  const { number, atS, during, againS, status, outagesMs, problems } = result;
  const moment = atS === undefined ? "not interrupted" : `${number}: after ${atS.toFixed(1)} s, ${during}`;
  const again = `ends with ${status} after ${againS.toFixed(0)} s`;
  const outage = outagesMs.length === 0 ? "no outage" : outagesMs.map((ms) => `${ms} ms`).join(" + ");
  const verdict = problems.length === 0 ? "ok" : `FAILED: ${problems.join("; ")}`;
  return `| ${mechanism} | ${moment} | ${again} | ${outage} | ${verdict} |`;
}

function row(mechanism: Mechanism, { purpose, outageMs, seconds, problems }: StepResult): string {
  const verdict = problems.length === 0 ? "ok" : `FAILED: ${problems.join("; ")}`;
  return `| ${mechanism} | ${purpose} | ${outageMs} ms | ${seconds.toFixed(0)} s | ${verdict} |`;
}
