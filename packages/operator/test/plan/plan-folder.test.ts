import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withPlanFolder } from "../../src/plan/plan-folder.ts";
import { processSpace } from "../../../process-space/src/process-space.ts";
import { endedPid } from "../support/ended-pid.ts";

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "plan-folder-"));
  vi.stubEnv("TMPDIR", temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

/** A folder with a plan, of a process of a machine or a container. */
function planOf(space: string, pid: number): string {
  const folder = join(temporary, `pair-plan-${space}-${pid}-abcdef`);
  mkdirSync(folder);
  writeFileSync(join(folder, "plan"), "secret");
  return folder;
}

test("a plan is gone once it was used, also where that failed", async () => {
  let seen = "";
  const failing = withPlanFolder(async (folder) => {
    writeFileSync(join((seen = folder), "plan"), "secret");
    throw new Error("no plan");
  });
  await expect(failing).rejects.toThrow("no plan");
  expect(seen).toContain(join(temporary, "pair-plan-"));
  expect(existsSync(seen)).toBe(false);
});

test("takes away the plan of a command that was killed, and leaves those of commands that run, and of other containers", async () => {
  const abandoned = planOf(processSpace(), endedPid());
  const running = planOf(processSpace(), process.ppid);
  const elsewhere = planOf("s0000000", endedPid());
  await withPlanFolder(async () => undefined);
  expect([abandoned, running, elsewhere].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});
