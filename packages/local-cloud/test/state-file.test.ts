import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processSpace } from "../../process-space/src/process-space.ts";
import { type Snapshot, SnapshotError, StateFile, StateFileInUseError } from "../src/index.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "state-file-test-"));
  file = join(folder, "cloud.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const snapshot: Snapshot = { version: 2, region: "ap-singapore", maps: {} };

test("gives back what was written, and nothing before", () => {
  using stateFile = new StateFile(file);
  expect(stateFile.read()).toBeUndefined();
  stateFile.write(snapshot);
  expect(stateFile.read()).toEqual(snapshot);
});

test("refuses a second process until the first lets go", () => {
  {
    using _ = new StateFile(file);
    expect(() => new StateFile(file)).toThrow(StateFileInUseError);
    expect(() => new StateFile(file)).toThrow(`is in use by process ${process.pid}: end it first`);
  }
  expect(existsSync(`${file}.lock`)).toBe(false);
  using again = new StateFile(file);
  expect(again.read()).toBeUndefined();
});

test("takes over from a process that was killed", () => {
  // No process has this number: it is above the kernel's limit.
  writeFileSync(`${file}.lock`, `4194305 ${processSpace()}`);
  using stateFile = new StateFile(file);
  expect(stateFile.read()).toBeUndefined();
});

test("takes no lock from a process of another container, whose number says nothing here, and says what to do", () => {
  writeFileSync(`${file}.lock`, "4194305 s00000000");
  expect(() => new StateFile(file)).toThrow(
    `${file} is in use by process 4194305 of another container, or of this machine before it was booted: end it first; where it has ended, remove ${file}.lock.`,
  );
});

test("refuses a file that is not JSON", () => {
  writeFileSync(file, "{");
  using stateFile = new StateFile(file);
  expect(() => stateFile.read()).toThrow(SnapshotError);
  expect(() => stateFile.read()).toThrow(`${file} must be JSON that a local cloud has written`);
});
