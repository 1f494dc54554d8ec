import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mechanism } from "pairctl/contract";
import { writeWhole } from "../machine/write-whole.ts";
import type { ChangeResult, RecordedChanges, RecordedResult } from "./result.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/** Where the results with a mechanism are kept; one file each, so that two rehearsals run side by side. */
export const recordFile = (mechanism: Mechanism) => join(ROOT, "docs", "changes", `${mechanism}.json`);

/** What is kept of the changes with a mechanism. */
export function readRecord(mechanism: Mechanism): readonly RecordedResult[] {
  const file = recordFile(mechanism);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RecordedChanges).results : [];
}

/**
 * Keeps a result in the place of the last one of its change.
 *
 * @param order the names of all changes, in the order in which they are kept
 * @param commit what was rehearsed, see `rehearsedCommit`
 */
export function keepResult(result: ChangeResult, order: readonly string[], commit: string): void {
  const { mechanism } = result;
  const recorded: RecordedResult = { ...result, date: new Date().toISOString().slice(0, 10), commit };
  const others = readRecord(mechanism).filter(({ change }) => change !== result.change && order.includes(change));
  const results = [...others, recorded].sort((one, other) => order.indexOf(one.change) - order.indexOf(other.change));
  const file = recordFile(mechanism);
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify({ mechanism, results } satisfies RecordedChanges, null, 2)}\n`);
}
