import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** How many resources of each type a stack makes in the cloud. */
export type ResourceCounts = ReadonlyMap<string, number>;

/**
 * Synthesizes the project's own stack from settings.
 *
 * @returns the folder with its cdk.tf.json
 * @throws Error with main.ts' own words where it refuses the settings
 */
export function synthesize(settingsFile: string, folder: string, name: string): string {
  const outdir = join(folder, "cdktf.out");
  const { status, stderr } = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), "main.ts"], {
    cwd: ROOT,
    env: { ...process.env, PAIR_SETTINGS: settingsFile, CDKTF_OUTDIR: outdir },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`main.ts refuses ${settingsFile}:\n${stderr}`);
  return join(outdir, "stacks", name);
}

/** Counts what a synthesized stack makes. */
export function resourceCounts(stackFolder: string): ResourceCounts {
  const { resource } = JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8")) as {
    resource: Record<string, object>;
  };
  const ofCloud = Object.entries(resource).filter(([type]) => type.startsWith("tencentcloud_"));
  return new Map(ofCloud.map(([type, byName]) => [type.slice("tencentcloud_".length), Object.keys(byName).length]));
}
