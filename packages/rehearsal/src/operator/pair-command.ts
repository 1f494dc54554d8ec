import { fileURLToPath } from "node:url";
import { type Ended, ended, type Surroundings } from "./ended.ts";

const PROGRAM = fileURLToPath(new URL("../../../../lib/operator/pair.js", import.meta.url));

/** Runs the built `pair` as an operator does. */
export function runPair(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return ended(process.execPath, [PROGRAM, ...args], surroundings);
}
