import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  keepInterruption,
  readInterruptions,
  type RecordedInterruption,
} from "../../src/operator/interruption-record.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "interruptions-"));
  file = join(folder, "changes", "interruptions.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const killed: RecordedInterruption = {
  ...{ number: 1, atS: 12.3, during: "changing the secondary", againS: 60, status: 0, outagesMs: [700], problems: [] },
  ...{ mechanism: "havip", way: "kill", seed: 1, date: "2026-11-27", commit: "abc1234" },
};

test("keeps each moment once, in order, the newest result of it", () => {
  expect(readInterruptions(file)).toEqual([]);
  const second = { ...killed, number: 2 };
  const failed = { ...killed, status: 7, problems: ["it ended with 7"] };
  for (const result of [second, failed, killed]) keepInterruption(result, file);
  expect(readInterruptions(file)).toEqual([killed, second]);
});

test("a roll that nobody has interrupted is not kept", () => {
  keepInterruption({ ...killed, number: 0, atS: undefined }, file);
  expect(readInterruptions(file)).toEqual([]);
});
