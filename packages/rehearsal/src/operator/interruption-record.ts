import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mechanism } from "pairctl/contract";
import { writeWhole } from "../machine/write-whole.ts";
import type { InterruptionResult, WayToInterrupt } from "./rehearse-interruptions.ts";

const FILE = join(fileURLToPath(new URL("../../../..", import.meta.url)), "docs", "changes", "interruptions.json");

/** A roll that was interrupted, what became of it, and what it is one of. */
export interface RecordedInterruption extends InterruptionResult {
  readonly mechanism: Mechanism;
  readonly way: WayToInterrupt;
  readonly seed: number;
  /** ISO 8601. */
  readonly date: string;
  /** The commit that was rehearsed. */
  readonly commit: string;
}

/** What is kept of the rolls that were interrupted. */
export function readInterruptions(file = FILE): readonly RecordedInterruption[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly RecordedInterruption[]) : [];
}

/** Keeps a result in the place of the last one of the same moment. The roll that nobody interrupts is not kept. */
export function keepInterruption(result: RecordedInterruption, file = FILE): void {
  if (result.atS === undefined) return;
  const momentOf = ({ mechanism, way, seed, number }: RecordedInterruption) =>
    [mechanism, way, String(seed).padStart(6, "0"), String(number).padStart(4, "0")].join(" ");
  const others = readInterruptions(file).filter((each) => momentOf(each) !== momentOf(result));
  const results = [...others, result].sort((one, other) => momentOf(one).localeCompare(momentOf(other)));
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(results, null, 2)}\n`);
}
