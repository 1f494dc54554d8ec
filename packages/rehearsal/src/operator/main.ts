// Rehearses the operator's command, `pair`, with booted nodes and the real provider: npm run rehearse:operator
import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { runCommand } from "../cli/command.ts";
import { oneOf, parsed } from "../cli/option-values.ts";
import { prepareMachine, runOperatedLab } from "./operated-lab.ts";
import type { StepResult } from "./rehearse-operator.ts";
import { STEPS } from "./steps.ts";

const USAGE = `usage: npm run rehearse:operator -- [options]
  --mechanism M   havip, secondary-private-ip or both (default: both)
  --step NAME     only this one, several with commas: ${STEPS.map(({ name }) => name).join(", ")}
  --help          this text
exit status: 0 everything went as it must, 1 something did not, 2 it cannot start, 130 interrupted`;

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const { mechanisms, steps, help } = parseOptions(argv);
    if (help) {
      console.log(USAGE);
      return 0;
    }
    const root = await prepareMachine(interruption);
    let isWell = true;
    for (const mechanism of mechanisms) {
      isWell = (await rehearseMechanism(mechanism, steps, root, interruption)) && isWell;
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
        help: { type: "boolean", default: false },
      },
    }),
  );
  const names = STEPS.map(({ name }) => name);
  const steps = values.step?.split(",") ?? names;
  for (const step of steps) oneOf("--step", step, names);
  const mechanism = oneOf("--mechanism", values.mechanism, [...MECHANISMS, "both"] as const);
  return { mechanisms: mechanism === "both" ? MECHANISMS : [mechanism], steps, help: values.help };
}
