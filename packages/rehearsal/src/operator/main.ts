// Rehearses the operator's command, `pair`, with booted nodes and the real provider: npm run rehearse:operator
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { runCommand, UsageError } from "../cli/command.ts";
import { Provider } from "../deploy/provider.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { Leftover } from "../machine/leftover.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { ensureRoomFor, rootFilesystem } from "../nodes/root-filesystem.ts";
import { LabProcess } from "../run/lab-process.ts";
import { synthesizedPair } from "../stack/synth.ts";
import type { OperatorMessage, OperatorSpec } from "./inside.ts";
import type { StepResult } from "./rehearse-operator.ts";
import { STEPS } from "./steps.ts";

const INSIDE = ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("./inside.ts", import.meta.url))];

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
    const system = { debian: "12" } as const;
    ensureRoomFor(system);
    ensureInotifyInstances(1);
    ensurePrerequisites(thisMachine(console.log));
    interruption.throwIfAborted();
    const root = await rootFilesystem(system, console.log, interruption);
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
  await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
  await using provider = await Provider.fetch(synthesizedPair("pair.yaml", mechanism, folder.path).path);
  const spec: Omit<OperatorSpec, "cgroups"> = {
    ...{ stack: null, settingsFile: "pair.yaml", settings: {}, mechanism, rootFilesystem: root, packages: null },
    ...{ system: "Debian 12", plugins: provider.plugins, taskMs: 200, arpDelayMs: 20, stableMs: 2_000 },
    ...{ assumptions: {}, steps },
  };
  await using lab = LabProcess.start({ spec, number: 1, interruption, onOutput: console.log, program: INSIDE });
  let cause: string | undefined;
  const results: StepResult[] = [];
  for await (const message of lab.messages() as AsyncIterable<unknown> as AsyncIterable<OperatorMessage>) {
    if (message.kind === "says") console.log(message.line);
    else if (message.kind === "failed") cause = message.cause;
    else {
      results.push(message.result);
      console.log(row(mechanism, message.result));
    }
  }
  const status = await lab.ended;
  interruption.throwIfAborted();
  if (cause !== undefined || status !== 0) console.log(`FAILED: ${cause ?? lab.lastLines.join("\n")}`);
  return status === 0 && results.length === steps.length && results.every(({ problems }) => problems.length === 0);
}

function row(mechanism: Mechanism, { purpose, outageMs, seconds, problems }: StepResult): string {
  const verdict = problems.length === 0 ? "ok" : `FAILED: ${problems.join("; ")}`;
  return `| ${mechanism} | ${purpose} | ${outageMs} ms | ${seconds.toFixed(0)} s | ${verdict} |`;
}

function parseOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        mechanism: { type: "string", default: "both" },
        step: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const names = STEPS.map(({ name }) => name);
    const steps = values.step?.split(",") ?? names;
    const unknown = steps.find((step) => !names.includes(step));
    if (unknown !== undefined) throw new UsageError(`--step must be one of ${names.join(", ")}, got '${unknown}'`);
    const mechanism = MECHANISMS.find((each) => each === values.mechanism);
    if (mechanism === undefined && values.mechanism !== "both") {
      throw new UsageError(`--mechanism must be one of ${MECHANISMS.join(", ")}, both, got '${values.mechanism}'`);
    }
    return { mechanisms: mechanism === undefined ? MECHANISMS : [mechanism], steps, help: values.help };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
