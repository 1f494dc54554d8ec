// Rehearses the operator's command, `pair`, with booted nodes and the real provider: npm run rehearse:operator
import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { runCommand, UsageError } from "../cli/command.ts";
import { integer, oneOf, parsed } from "../cli/option-values.ts";
import { prepareMachine, runOperatedLab } from "./operated-lab.ts";
import { type InterruptionResult, type Interruptions, WAYS_TO_INTERRUPT } from "./rehearse-interruptions.ts";
import type { StepResult } from "./rehearse-operator.ts";
import { STEPS } from "./steps.ts";

const USAGE = `usage: npm run rehearse:operator -- [options]
  --mechanism M   havip, secondary-private-ip or both (default: both)
  --step NAME     only this one, several with commas: ${STEPS.map(({ name }) => name).join(", ")}
  --interrupt N   in place of the steps: N rolls, each interrupted at a random moment and run again
  --by WAY        kill (ends the roll and all that it has started at once) or ctrl-c; with --interrupt (default: kill)
  --seed N        decides the moments; with --interrupt (default: 1)
  --help          this text
exit status: 0 everything went as it must, 1 something did not, 2 it cannot start, 130 interrupted`;

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const { mechanisms, steps, interruptions, help } = parseOptions(argv);
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
          : await interruptMechanism(mechanism, interruptions, root, interruption);
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
  root: string,
  interruption: AbortSignal,
): Promise<boolean> {
  const results: InterruptionResult[] = [];
  const inside = new URL("./inside.ts", import.meta.url);
  const more = { steps: [], interruptions };
  const cause = await runOperatedLab<typeof more, { kind: "interruption"; result: InterruptionResult }>(
    { mechanism, root, inside, more, interruption },
    ({ result }) => {
      results.push(result);
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

function parseOptions(argv: readonly string[]) {
  const { values } = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        mechanism: { type: "string", default: "both" },
        step: { type: "string" },
        interrupt: { type: "string" },
        by: { type: "string" },
        seed: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }),
  );
  const names = STEPS.map(({ name }) => name);
  const steps = values.step?.split(",") ?? names;
  for (const step of steps) oneOf("--step", step, names);
  const mechanism = oneOf("--mechanism", values.mechanism, [...MECHANISMS, "both"] as const);
  const mechanisms: readonly Mechanism[] = mechanism === "both" ? MECHANISMS : [mechanism];
  return { mechanisms, steps, interruptions: interruptionsOf(values), help: values.help };
}

function interruptionsOf(values: InterruptionOptions): Interruptions | undefined {
  const { interrupt, by, seed, step } = values;
  const alone = Object.entries({ "--by": by, "--seed": seed }).find(([, value]) => value !== undefined)?.[0];
  if (interrupt === undefined) {
    if (alone !== undefined) throw new UsageError(`${alone} goes with --interrupt, got it alone`);
    return undefined;
  }
  if (step !== undefined) throw new UsageError("--step and --interrupt exclude each other: give one of them");
  return {
    count: integer("--interrupt", interrupt, 1),
    way: oneOf("--by", by ?? "kill", WAYS_TO_INTERRUPT),
    seed: integer("--seed", seed ?? "1", 0),
  };
}

/** The options that interrupted rolls have, as they were given. */
type InterruptionOptions = Readonly<Partial<Record<"interrupt" | "by" | "seed" | "step", string>>>;
