import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PrerequisitesError } from "../machine/prerequisites.ts";
import { type Ended, ended, type Surroundings } from "./ended.ts";

const PROGRAM = fileURLToPath(new URL("../../../../lib/operator/pair.js", import.meta.url));

/** @throws PrerequisitesError where it is not built, as after `npm run build:lib` alone, which takes it away */
export function requirePairBuilt(program = PROGRAM): void {
  if (existsSync(program)) return;
  throw new PrerequisitesError(`the operator's command is not built, there is no ${program}: npm run build:operator`);
}

/** Runs the built `pair` as an operator does. */
export function runPair(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return ended(process.execPath, [PROGRAM, ...args], surroundings);
}
