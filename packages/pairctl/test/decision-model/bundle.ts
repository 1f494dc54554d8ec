import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleWorker } from "../support/worker-bundle.ts";
import type { Mutant } from "./mutants.ts";

const DECISION = join(import.meta.dirname, "../../src/protocol/decision");

/**
 * The worker with the function under test, with a broken rule if one is given.
 *
 * @throws as {@link broken}
 */
export function bundle(mutant?: Mutant): Promise<string> {
  const replacements = mutant ? [{ path: `/decision/${mutant.file}`, contents: broken(mutant) }] : [];
  return bundleWorker(join(import.meta.dirname, "worker.ts"), replacements);
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
