// Walks every change of a running pair, with booted nodes and the real provider: npm run rehearse:changes
import type { Mechanism } from "pairctl/contract";
import { runCommand } from "../cli/command.ts";
import { prepareMachine, runOperatedLab } from "../operator/operated-lab.ts";
import { changesWith, CHANGES } from "./index.ts";
import { type ChangesRequest, parseChangesOptions, USAGE } from "./options.ts";
import { rehearsedCommit } from "../operator/rehearsed-commit.ts";
import { keepResult, readRecord } from "./record.ts";
import type { ChangeResult } from "./result.ts";

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const request = parseChangesOptions(argv);
    if (request.help) console.log(USAGE);
    else if (request.list) for (const { name, what } of CHANGES) console.log(`${name.padEnd(28)}${what}`);
    else return rehearse(request, interruption);
    return 0;
  },
});

async function rehearse(request: ChangesRequest, interruption: AbortSignal): Promise<number> {
  const root = await prepareMachine(interruption);
  let isWell = true;
  for (const mechanism of request.mechanisms) {
    isWell = (await rehearseWith(mechanism, request, root, interruption)) && isWell;
  }
  return isWell ? 0 : 1;
}

/** @returns whether every change went as it must */
async function rehearseWith(
  mechanism: Mechanism,
  { changes, isResumed, isKept }: ChangesRequest,
  root: string,
  interruption: AbortSignal,
): Promise<boolean> {
  const done = isResumed ? readRecord(mechanism).filter(({ problems }) => problems.length === 0) : [];
  let waiting = changesWith(mechanism, changes)
    .map(({ name }) => name)
    .filter((name) => !done.some(({ change }) => change === name));
  const commit = rehearsedCommit();
  const order = CHANGES.map(({ name }) => name);
  let isWell = true;
  // A pair that a change has left unfit gives way to a new one.
  while (waiting.length > 0) {
    const before = waiting.length;
    const cause = await runOperatedLab<{ changes: readonly string[] }, { kind: "result"; result: ChangeResult }>(
      { mechanism, root, inside: new URL("./inside.ts", import.meta.url), more: { changes: waiting }, interruption },
      ({ result }) => {
        waiting = waiting.filter((name) => name !== result.change);
        isWell &&= result.problems.length === 0;
        if (isKept) keepResult(result, order, commit);
        console.log(lineOf(result));
      },
    );
    if (cause !== undefined) console.log(`FAILED: ${cause}`);
    isWell &&= cause === undefined;
    if (waiting.length === before) return false;
  }
  return isWell;
}

function lineOf({ mechanism, what, plan, commands, outages, seconds, problems, isRefused }: ChangeResult): string {
  const shown = Object.entries(outages).map(([via, ms]) => `${via} ${ms} ms`);
  const end = problems.length > 0 ? `FAILED: ${problems.join("\n  ")}` : isRefused ? "ok: refused" : "ok";
  return `| ${mechanism} | ${what} | ${plan} | ${commands.join("; ")} | ${shown.join(", ")} | ${seconds} s | ${end} |`;
}
