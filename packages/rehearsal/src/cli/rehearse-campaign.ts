import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "../deploy/provider.ts";
import { Providers } from "../deploy/providers.ts";
import { faultNamed } from "../faults/index.ts";
import { ensureInotifyInstances } from "../machine/inotify.ts";
import { Leftover } from "../machine/leftover.ts";
import { ensurePrerequisites, thisMachine } from "../machine/prerequisites.ts";
import { rootFilesystem, type RootFilesystemChoice } from "../nodes/root-filesystem.ts";
import { summarize } from "../report/campaign-summary.ts";
import { figures } from "../report/figures.ts";
import { renderRun } from "../report/render-run.ts";
import { type CampaignRecord, passed } from "../report/run-record.ts";
import { CampaignFile } from "../run/campaign-file.ts";
import { type LabOfCampaign, runCampaign } from "../run/campaign.ts";
import { enteringCommands } from "../run/kept-pair.ts";
import { planLabs } from "../run/plan.ts";
import { synthesize } from "../stack/synth.ts";
import type { Options } from "./options.ts";
import { requireWritable, writeReports } from "./reports.ts";
import { machineName, productName, settingsName } from "./product.ts";

/** Makes a campaign, or the rest of one. @returns the exit status: 0 everything as it must be, 1 not so */
export async function rehearseCampaign(options: Options, interruption: AbortSignal): Promise<number> {
  requireWritable(options);
  const settingsFile = process.env["PAIR_SETTINGS"] ?? "pair.yaml";
  const system = nameOf(options.rootFilesystem);
  const { mechanisms, faults, runs, seed, labs, stableMs, taskMs, arpDelayMs, deploy, assumptions } = options;
  const plan = planLabs(faults.map(faultNamed), mechanisms, runs, seed);
  const settings = settingsName(settingsFile);
  const conditions = { settings, system, mechanisms, faults, stableMs, taskMs, arpDelayMs, deploy, assumptions };
  const planned = plan.reduce((sum, lab) => sum + lab.runs.length, 0);
  const machine = machineName();
  const identity = { product: productName(), machine, seed, conditions, repetitions: runs, planned };
  const file = CampaignFile.open(options.json, identity, labs, options.resume);
  const recorded = file.record.runs.length;
  if (recorded > 0) console.log(`${recorded} of ${planned} runs are recorded in ${options.json}; the rest follows`);

  ensurePrerequisites(thisMachine(console.log));
  ensureInotifyInstances(labs);
  interruption.throwIfAborted();
  const root = await rootFilesystem(options.rootFilesystem, console.log, interruption);
  await using providers = new Providers(async (mechanism) => {
    await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
    return await Provider.fetch(synthesize(settingsFile, mechanism, folder.path));
  });
  const left = file.remaining(plan);
  if (options.keep && left.length === 0) console.log("No run is left, so that no pair is booted that could stay up");
  const say = (lab: LabOfCampaign, text: string) => console.log(labs === 1 ? text : prefixed(lab, text));
  const untried = await runCampaign({
    ...{ plan: left, labs, keep: options.keep, interruption },
    common: { settingsFile, rootFilesystem: root, system, taskMs, arpDelayMs, stableMs, assumptions },
    pluginsFor: async ({ mechanism }) => (deploy ? (await providers.for(mechanism)).plugins : null),
    onLab: (lab, runsLeft) => {
      const runs = `${runsLeft} ${runsLeft === 1 ? "run" : "runs"} to make`;
      say(lab, `\n${lab.pair.mechanism}: main.ts with ${settingsFile}, on this machine, ${system}; ${runs}`);
    },
    onMessage: (lab, message) => {
      if (message.kind === "says") say(lab, message.line);
    },
    onOutput: say,
    onRun: (lab, record) => {
      file.addRun(record);
      say(lab, renderRun(record).join("\n  "));
    },
    onProblem: (lab, text) => {
      file.addProblem(text);
      say(lab, `  FAILED: ${text}`);
    },
    onKept: (process) => {
      console.log(`\nThe pair stays up until Ctrl-C. To enter a node, as root in another terminal:`);
      for (const command of enteringCommands(process)) console.log(`  ${command}`);
    },
    // Also of what was made before an interruption.
  }).finally(async () => {
    if (file.record.runs.length > 0)
      for (const line of await writeReports(file.record, options)) console.log(`\n${line}`);
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

/** With several labs, each line says which one it is from. */
function prefixed({ number, pair }: LabOfCampaign, text: string): string {
  return text.replaceAll(/^/gm, `lab ${number} ${pair.mechanism} | `);
}

const nameOf = (choice: RootFilesystemChoice) => ("debian" in choice ? `Debian ${choice.debian}` : choice.path);
