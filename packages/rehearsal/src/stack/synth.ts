import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { Mechanism } from "pairctl/contract";
import { readSettings } from "../../../settings-files/src/read-settings.ts";
import { filesOf } from "../../../settings-files/src/settings-files.ts";
import type { StackChoice } from "./stack.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * Writes overlays for settings files: with one of the two mechanisms, and other changes.
 *
 * @param settingsFile their paths with commas between them, absolute or from the root of the repo
 * @param folder where the overlays are written
 * @param changes what else to set, by key: the whole section is replaced
 * @returns the paths with those of the overlays behind them
 */
export function deriveSettings(
  settingsFile: string,
  mechanism: Mechanism,
  folder: string,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const files = filesOf(settingsFile).map((file) => resolve(ROOT, file));
  // A section that is overlaid keeps its other keys, unless it is taken out first.
  const without = Object.fromEntries(Object.keys(changes).map((key) => [key, null]));
  const overlays = { [`without-${mechanism}`]: without, [mechanism]: { ...changes, mechanism } };
  for (const [name, overlay] of Object.entries(overlays)) {
    if (Object.keys(overlay).length === 0) continue;
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, stringify(overlay));
    files.push(file);
  }
  return files.join(",");
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
  const network = Object(readSettings(file).raw["network"]) as { subnetId?: string; subnetCidrBlock?: string };
  return { path, ...(network.subnetId !== undefined && { subnetCidr: String(network.subnetCidrBlock) }) };
}
