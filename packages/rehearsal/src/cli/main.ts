import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Provider } from "../deploy/provider.ts";
import { FAULTS, faultNamed } from "../faults/index.ts";
import { Leftover } from "../machine/leftover.ts";
import { ensurePrerequisites, PrerequisitesError, thisMachine } from "../machine/prerequisites.ts";
import { rootFilesystem, type RootFilesystemChoice } from "../nodes/root-filesystem.ts";
import { listFaults } from "../report/fault-list.ts";
import { CAMPAIGN_FORMAT, type CampaignRecord, passed, type RunRecord } from "../report/run-record.ts";
import { summary } from "../report/summary.ts";
import { runPlannedLab } from "../run/campaign.ts";
import { enteringCommands } from "../run/kept-pair.ts";
import { planLabs } from "../run/plan.ts";
import type { Mechanism } from "pairctl/contract";
import { synthesize } from "../stack/synth.ts";
import { type Options, parseOptions, USAGE, UsageError } from "./options.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** Exit statuses: 0 everything as it must be, 1 not so, 2 cannot start. */
async function main(options: Options, interruption: AbortSignal): Promise<number> {
  ensurePrerequisites(thisMachine(console.log));
  interruption.throwIfAborted();
  const root = await rootFilesystem(options.rootFilesystem, console.log, interruption);
  const settingsFile = process.env["PAIR_SETTINGS"] ?? "pair.yaml";
  const startedAt = Date.now();
  const runs: RunRecord[] = [];
  const { seed, taskMs, arpDelayMs, stableMs, keep } = options;
  const system = nameOf(options.rootFilesystem);
  const common = { settingsFile, rootFilesystem: root, system, taskMs, arpDelayMs, stableMs, keep };
  let isWhole = true;
  for (const lab of planLabs(options.faults.map(faultNamed), options.mechanisms, options.runs, seed)) {
    console.log(`\n${lab.mechanism}: main.ts with ${settingsFile}, on this machine, ${system}`);
    await using provider = options.deploy ? await providerFor(settingsFile, lab.mechanism) : undefined;
    const isMade = await runPlannedLab(lab, {
      common,
      pluginsFor: () => provider?.plugins ?? null,
      onRun: (record) => {
        runs.push(record);
        if (options.json !== undefined)
          writeFileSync(options.json, `${JSON.stringify(campaign(runs, options, startedAt))}\n`);
      },
      onKept: (process) => {
        console.log(`\nThe pair stays up until Ctrl-C. To enter a node, as root in another terminal:`);
        for (const command of enteringCommands(process)) console.log(`  ${command}`);
      },
      say: console.log,
      interruption,
    });
    isWhole &&= isMade;
  }
  console.log(`\n${summary(runs).join("\n")}`);
  const failed = runs.filter((run) => !passed(run)).length;
  const took = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  if (failed > 0) console.log(`FAILED: ${failed} of ${runs.length} runs did not go as they must (${took}).`);
  else if (!isWhole) console.log(`FAILED: a lab did not come up (${took}).`);
  else console.log(`Every failover went as it must (${took}).`);
  return failed === 0 && isWhole ? 0 : 1;
}

function campaign(runs: readonly RunRecord[], { seed }: Options, startedAt: number): CampaignRecord {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const machine = `${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  const product = `${version} ${commit()}`.trim();
  return { format: CAMPAIGN_FORMAT, product, machine, startedAt, endedAt: Date.now(), seed, runs };
}

/** Nothing where this is no checkout. */
function commit(): string {
  try {
    const command = ["describe", "--always", "--dirty"];
    return execFileSync("git", command, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

const nameOf = (choice: RootFilesystemChoice) => ("debian" in choice ? `Debian ${choice.debian}` : choice.path);

/** The provider that the stack asks for. */
async function providerFor(settingsFile: string, mechanism: Mechanism): Promise<Provider> {
  await using folder = new Leftover(mkdtempSync(join(tmpdir(), "rehearsal-stack-")), "files");
  return await Provider.fetch(synthesize(settingsFile, mechanism, folder.path));
}

// What was started is ended, what was written is removed, and only then this process ends.
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());

// Where a shell does not have it, as root's on Debian after `su`.
process.env["PATH"] = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;

function explain(error: Error): number {
  if (interruption.signal.aborted) return 130;
  console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
  return error instanceof UsageError || error instanceof PrerequisitesError ? 2 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else if (options.list) console.log(listFaults(FAULTS).join("\n"));
  else process.exitCode = await main(options, interruption.signal);
} catch (error) {
  process.exitCode = explain(error as Error);
}
