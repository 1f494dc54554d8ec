import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "../deploy/provider.ts";
import { Providers } from "../deploy/providers.ts";
import { campaignBefore } from "../live/campaign-state.ts";
import { openDisplay } from "../live/open-display.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { Leftover } from "../machine/leftover.ts";
import { settingsFiles } from "../../../settings-files/src/settings-files.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { packageLayer, thisMachinesPackages } from "../nodes/packages.ts";
import { ensureRoomFor, rootFilesystem, type RootFilesystemChoice } from "../nodes/root-filesystem.ts";
import { faultsOf } from "../random/fault-of.ts";
import { summarize } from "../report/campaign-summary.ts";
import { figures } from "../report/figures.ts";
import { type CampaignRecord, passed } from "../report/run-record.ts";
import { CampaignFile } from "../run/campaign-file.ts";
import { type CampaignOptions, runCampaign } from "../run/campaign.ts";
import { planLabs } from "../run/plan.ts";
import { planOwnStack } from "../run/own-stack.ts";
import { shrinkFailures } from "../run/shrink-failures.ts";
import { readStack } from "../stack/stack.ts";
import { synthesizedPair } from "../stack/synth.ts";
import type { Options } from "./options.ts";
import { followCampaign } from "./follow-campaign.ts";
import { requireWritable, writeReports } from "./reports.ts";
import { machineName, productName, settingsName, stackName } from "./product.ts";

/** Makes a campaign, or the rest of one. @returns the exit status: 0 everything as it must be, 1 not so */
export async function rehearseCampaign(options: Options, interruption: AbortSignal): Promise<number> {
  requireWritable(options);
  const settingsFile = settingsFiles(options.settings);
  const system = nameOf(options.rootFilesystem);
  const { runs, seed, labs, stableMs, taskMs, arpDelayMs, deploy, assumptions, stack } = options;
  const asked = {
    faults: options.faults.flatMap((name) => faultsOf(name, options.mechanisms)),
    mechanisms: options.mechanisms,
    leftOut: [],
  };
  const possible = stack === undefined ? asked : planOwnStack(readStack(stack), asked.faults, asked.mechanisms);
  for (const line of possible.leftOut) console.log(line);
  const { mechanisms } = possible;
  const faults = [...new Set(possible.faults.map(({ name }) => name))];
  const plan = planLabs(possible.faults, mechanisms, runs, seed);
  const settings = stack === undefined ? settingsName(settingsFile) : stackName(stack);
  const conditions = { settings, system, mechanisms, faults, stableMs, taskMs, arpDelayMs, deploy, assumptions };
  const planned = plan.reduce((sum, lab) => sum + lab.runs.length, 0);
  const machine = machineName();
  const identity = { product: productName(), machine, seed, conditions, repetitions: runs, planned };
  const file = CampaignFile.open(options.json, identity, labs, options.resume);
  const recorded = file.record.runs.length;
  if (recorded > 0) console.log(`${recorded} of ${planned} runs are recorded in ${options.json}; the rest follows`);

  // What nobody can install comes first.
  ensureRoomFor(options.rootFilesystem);
  ensureInotifyInstances(labs);
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  const root = await rootFilesystem(options.rootFilesystem, console.log, interruption);
  await using providers = new Providers(async (mechanism) => {
    await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
    return await Provider.fetch(synthesizedPair(settingsFile, mechanism, folder.path).path);
  });
  const left = file.remaining(plan);
  if (options.keep && left.length === 0) console.log("No run is left, so that no pair is booted that could stay up");
  const source = stack === undefined ? `main.ts with ${settingsFile}` : `the stack ${stack.path}`;
  using display = openDisplay(campaignBefore(planned, file.record.runs, Date.now()), options.noProgress);
  const common = {
    ...{ stack: stack ?? null, settingsFile, rootFilesystem: root, system },
    ...{ taskMs, arpDelayMs, stableMs, assumptions },
  };
  const partsFor: CampaignOptions["partsFor"] = async ({ mechanism, settings }) => {
    await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
    const { packages } = readStack(stack ?? synthesizedPair(settingsFile, mechanism, folder.path, settings));
    const request = { rootFilesystem: root, packages: [...packages, ...options.packages] };
    return {
      plugins: deploy ? (await providers.for(mechanism)).plugins : null,
      packages: (await packageLayer(request, thisMachinesPackages(display.say))) ?? null,
    };
  };
  const untried = await runCampaign({
    ...{ plan: left, labs, keep: options.keep, interruption, common, partsFor },
    ...followCampaign({ file, display, labs, source: `${source}, on this machine, ${system}` }),
    // Also of what was made before an interruption.
  }).finally(async () => {
    display[Symbol.dispose]();
    if (file.record.runs.length > 0)
      for (const line of await writeReports(file.record, options)) console.log(`\n${line}`);
  });
  await shrinkFailures(file.record.runs, {
    tries: options.shrinkTries,
    common,
    partsFor,
    say: console.log,
    interruption,
  });
  console.log(`\n${figures(file.record).join("\n")}`);
  if (options.summary !== undefined) {
    writeFileSync(options.summary, `${JSON.stringify(summarize(file.record), null, 2)}\n`);
  }
  return conclude(file.record, untried);
}

/** Says what a campaign has come to. @returns the exit status */
function conclude({ runs, problems }: CampaignRecord, untried: number): number {
  const failed = runs.filter((run) => !passed(run)).length;
  const wrong = [
    ...(failed > 0 ? [`${failed} of ${runs.length} runs did not go as they must`] : []),
    ...(untried > 0 ? [`${untried} runs were not tried, since their pair did not come up again and again`] : []),
    ...problems,
  ];
  console.log(wrong.length === 0 ? "Every failover went as it must." : `FAILED: ${wrong.join("; ")}.`);
  return wrong.length === 0 ? 0 : 1;
}

const nameOf = (choice: RootFilesystemChoice) => ("debian" in choice ? `Debian ${choice.debian}` : choice.path);
