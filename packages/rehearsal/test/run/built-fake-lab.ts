import { join } from "node:path";
import { build } from "esbuild";

/**
 * Builds the fake lab into a folder: each lab would take most of its time to translate it.
 *
 * @returns what Node.js runs in a lab
 */
export async function buildFakeLab(folder: string): Promise<readonly string[]> {
  const outfile = join(folder, "fake-lab.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "fake-lab.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
  });
  return [outfile];
}
