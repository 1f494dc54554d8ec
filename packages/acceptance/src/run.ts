import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCloud } from "cloud-client";
import { agrees, type Dialogue } from "./ask.ts";
import { judgeAll } from "./assumptions/index.ts";
import type { ACCEPTANCE_ACTIONS } from "./cloud/actions.ts";
import { findLeftovers, type Leftover } from "./leftovers.ts";
import { nothingSeen } from "./measure/observations.ts";
import type { AcceptanceOptions } from "./options.ts";
import { deployedPair } from "./pair.ts";
import { renderMarkdown } from "./report/markdown.ts";
import type { Report } from "./report/schema.ts";
import { announce } from "./stack/announce.ts";
import { findOffer } from "./stack/offer.ts";
import { pairName, writeSettings } from "./stack/settings.ts";
import { resourceCounts, synthesize } from "./stack/synth.ts";
import { resourcesInState, Terraform } from "./stack/terraform.ts";
import { tryPair } from "./trial.ts";

/** Where a run happens. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly dialogue: Dialogue;
  readonly say: (line: string) => void;
  /** Ends the trial; what was made is destroyed all the same. */
  readonly interruption: AbortSignal;
}

/** How often a destroy is tried. */
const DESTROY_TRIES = 3;

/**
 * Deploys a pair, tries it, writes the report, and destroys the pair, whatever happens.
 *
 * @returns whether all faults passed, nothing was contradicted and nothing is left; undefined: nobody agreed to it
 * @throws where it cannot begin, or something is left
 */
export async function accept(options: AcceptanceOptions, surroundings: Surroundings): Promise<boolean | undefined> {
  const { folder, region, mechanism, instanceType } = options;
  const { env, say, interruption, dialogue } = surroundings;
  const api = openCloud<typeof ACCEPTANCE_ACTIONS>(region, env);
  mkdirSync(folder, { recursive: true });
  const name = pairName(folder);
  const offer = await findOffer(api, region, instanceType);
  const settings = writeSettings(options, name, offer.zone);
  const stackFolder = synthesize(settings, folder, name);
  const terraform = new Terraform({ stackFolder, folder, env });

  const before = resourcesInState(folder);
  if (before > 0) say(`An earlier run has left ${before} resources of ${name}: they are destroyed first.`);
  if (options.destroy) say(`Everything of ${name} is destroyed, and nothing is made.`);
  else for (const line of announce(name, options, resourceCounts(stackFolder), offer)) say(line);
  if (!options.yes && !(await agrees("Go on?", dialogue, interruption))) return undefined;

  await terraform.init(interruption);
  if (before > 0 || options.destroy) await destroyAll(terraform, say);
  if (options.destroy) return reportLeft(await findLeftovers(api, name), say);

  const seen = nothingSeen(mechanism);
  const faults: Report["faults"] = [];
  const begun = new Date();
  let failure: string | null = null;
  let left: Leftover[] | null;
  try {
    say(`Deploying; Terraform's words are in ${join(folder, "terraform.log")}.`);
    try {
      await terraform.apply(interruption);
      seen.deployed = true;
    } catch (error) {
      seen.deployError = (error as Error).message;
      throw error;
    }
    const outputs = await terraform.outputs();
    const pair = deployedPair(name, outputs);
    const roleName = String(outputs["role_name"]);
    const { probeThrough } = options;
    await tryPair({ api, pair, mechanism, roleName, probeThrough, seen, faults, say, interruption });
  } catch (error) {
    failure = interruption.aborted ? "it was interrupted" : (error as Error).message;
    say(`FAILED: ${failure}`);
  } finally {
    say("Destroying everything; this goes on after Ctrl-C.");
    await destroyAll(terraform, say).catch((error: Error) => {
      failure ??= error.message;
      say(error.message);
    });
    left = await findLeftovers(api, name).catch((error: Error) => {
      say(`The cloud could not be asked what is left: ${error.message}`);
      return null;
    });
  }
  const report: Report = {
    version: 1,
    product: productVersion(),
    begun: begun.toISOString(),
    ended: new Date().toISOString(),
    ...{ region, zone: offer.zone, mechanism, instanceType },
    isRehearsal: Boolean(env["TENCENTCLOUD_DOMAIN"]?.endsWith(".invalid")),
    failure,
    faults,
    assumptions: judgeAll(seen),
    samples: seen.samples,
    left,
  };
  writeReport(report, folder, say);
  const isClean = left !== null && reportLeft(left, say);
  interruption.throwIfAborted();
  const contradicted = report.assumptions.filter(({ verdict }) => verdict === "contradicted");
  for (const { name: claim, seen: what } of contradicted) say(`CONTRADICTED: ${claim}: ${what}`);
  return isClean && failure === null && contradicted.length === 0 && faults.every(({ passed }) => passed);
}

async function destroyAll(terraform: Terraform, say: (line: string) => void): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await terraform.destroy();
    } catch (error) {
      if (tried === DESTROY_TRIES) throw error;
      say(`  the destroy failed and is tried again: ${(error as Error).message.split("\n")[0]}`);
      await new Promise((resolve) => setTimeout(resolve, 10_000));
    }
  }
}

/** Says what is left. @returns whether nothing is */
function reportLeft(left: readonly Leftover[], say: (line: string) => void): boolean {
  if (left.length === 0) say("Nothing is left that carries the run's name.");
  else say("STILL THERE, and charged where it costs something: the same command with --destroy tries again.");
  for (const { kind, id, name } of left) say(`  ${kind} ${id} (${name})`);
  return left.length === 0;
}

function writeReport(report: Report, folder: string, say: (line: string) => void): void {
  const base = join(folder, `report-${report.begun.slice(0, 19).replaceAll(":", "")}`);
  writeFileSync(`${base}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${base}.md`, renderMarkdown(report));
  say(`The report is in ${base}.md and .json.`);
}

function productVersion(): string {
  const file = fileURLToPath(new URL("../../../package.json", import.meta.url));
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
