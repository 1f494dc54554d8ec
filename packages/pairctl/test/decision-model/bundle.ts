import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { Mutant } from "./mutants.ts";

const DECISION = join(import.meta.dirname, "../../src/protocol/decision");

/**
 * The worker with the function under test in one file, with a broken rule if one is given. What the test runner makes of
 * the modules is much slower.
 *
 * @throws as {@link broken}
 */
export async function bundle(mutant?: Mutant): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "worker.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
    plugins: [
      {
        name: "mutant",
        setup({ onLoad }) {
          if (!mutant) return;
          const filter = new RegExp(`decision/${mutant.file}$`);
          onLoad({ filter }, () => ({ contents: broken(mutant), loader: "ts" }));
        },
      },
    ],
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  return file.text;
}

/**
 * The source of a file with a broken rule.
 *
 * @throws where the text that the mutant replaces does not stand there exactly once
 */
export function broken({ file, rule, text, instead }: Mutant): string {
  const source = readFileSync(join(DECISION, file), "utf8");
  if (source.split(text).length !== 2) throw new Error(`'${rule}' replaces what is not there exactly once: ${text}`);
  return source.replace(text, () => instead);
}
