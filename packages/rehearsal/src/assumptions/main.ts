import { writeFileSync } from "node:fs";
import { runCommand } from "../cli/command.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { ensureRoomFor, rootFilesystem } from "../nodes/root-filesystem.ts";
import { parseTrialOptions, type TrialRequest, USAGE } from "./options.ts";
import { rehearseTrials } from "./rehearse-trials.ts";
import { concludeFindings, renderFindings } from "./table.ts";

/** How long a pair must be well after a failover: a service that moves once more does so within an election. */
const STABLE_MS = 5_000;

/** @returns the exit status: 0 all have ended well, 1 not so */
async function tryAssumptions(request: TrialRequest, interruption: AbortSignal): Promise<number> {
  const { fault, json, labs, seed, trials } = request;
  // A file that nobody can write comes before minutes of trials.
  if (json !== undefined) writeFileSync(json, "");
  const system = { debian: "12" } as const;
  ensureRoomFor(system);
  ensureInotifyInstances(labs);
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  const root = await rootFilesystem(system, console.log, interruption);
  const common = {
    ...{ stack: null, settingsFile: process.env["PAIR_SETTINGS"] ?? "pair.yaml", rootFilesystem: root },
    ...{ system: "Debian 12", taskMs: 200, arpDelayMs: 20, stableMs: STABLE_MS, assumptions: {} },
  };
  const since = Date.now();
  const findings = await rehearseTrials(trials, { fault, seed, labs, common, say: console.log, interruption });
  const seconds = Math.round((Date.now() - since) / 1000);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ seed, seconds, findings }, null, 2)}\n`);
  console.log(`\n${renderFindings(findings).join("\n")}\n`);
  console.log(`${concludeFindings(findings)} (${seconds} s)`);
  return findings.every(({ verdict }) => verdict.kind !== "wrong") ? 0 : 1;
}

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const request = parseTrialOptions(argv);
    if (!request.help) return tryAssumptions(request, interruption);
    console.log(USAGE);
    return 0;
  },
});
