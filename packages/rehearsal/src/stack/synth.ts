import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMap, parseDocument } from "yaml";
import type { Mechanism } from "pairctl/contract";
import type { StackChoice } from "./stack.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * Writes a settings file down once more, with one of the two mechanisms.
 *
 * @param settingsFile its path, absolute or from the root of the repo
 * @param folder where it is written
 * @param changes what else to set in it, by key
 * @returns the new file's path
 */
export function deriveSettings(
  settingsFile: string,
  mechanism: Mechanism,
  folder: string,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const settings = parseDocument(readFileSync(resolve(ROOT, settingsFile), "utf8"));
  for (const [key, value] of Object.entries({ ...changes, mechanism })) settings.set(key, settings.createNode(value));
  const file = join(folder, `${mechanism}.yaml`);
  writeFileSync(file, settings.toString());
  return file;
}

/**
 * Synthesizes main.ts from the settings file as {@link deriveSettings} writes it down, and tells where the pair is and what
 * its stack does not say: the range of a subnet that exists already stands in the settings.
 *
 * @param folder where the settings and the output are written
 * @throws with main.ts' own words where it refuses the settings
 */
export function synthesizedPair(...options: Parameters<typeof deriveSettings>): StackChoice {
  const [settingsFile, mechanism, folder] = options;
  const file = deriveSettings(...options);
  const outdir = join(folder, mechanism);
  const result = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), "main.ts"], {
    cwd: ROOT,
    env: { ...process.env, PAIR_SETTINGS: file, CDKTF_OUTDIR: outdir },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`main.ts could not be synthesized from ${settingsFile}:\n${result.stderr}`);
  const [stack] = readdirSync(join(outdir, "stacks"));
  const path = join(outdir, "stacks", stack ?? "", "cdk.tf.json");
  const network = parseDocument(readFileSync(file, "utf8")).get("network");
  const isBrought = isMap(network) && network.has("subnetId");
  return { path, ...(isBrought && { subnetCidr: String(network.get("subnetCidrBlock")) }) };
}
