import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diffLines } from "../../../src/plan/user-data/line-diff.ts";

const folder = mkdtempSync(join(tmpdir(), "line-diff-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A generator of numbers that are the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state;
  }
}

// diffutils is a part of every Debian, and counts by itself how few lines are enough.
test("turns the one text into the other with as few lines as diff does", () => {
  const random = numbers(1);
  const next = (below: number) => (random.next().value as number) % below;
  const minimal = ["--minimal", "-U", "1000000"];
  for (let round = 0; round < 60; round += 1) {
    const text = () => Array.from({ length: next(12) }, () => `${"abcd"[next(4)]}\n`).join("");
    const [before, after] = [text(), text()];
    const files = [join(folder, "before"), join(folder, "after")];
    writeFileSync(files[0] as string, before);
    writeFileSync(files[1] as string, after);
    const { stdout } = spawnSync("diff", [...minimal, ...files], { encoding: "utf8" });
    const theirs = stdout
      .split("\n")
      .slice(3)
      .filter((line) => /^[-+]/.test(line)).length;
    const ours = diffLines(before, after);
    expect({ before, after, lines: ours.filter((line) => /^[-+]/.test(line)).length }).toEqual({
      before,
      after,
      lines: theirs,
    });
    const kept = (sign: "-" | "+") => ours.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
    const lines = before.split("\n").filter((line) => line !== "");
    expect(lines.length - kept("-").length).toBe(after.split("\n").length - 1 - kept("+").length);
  }
});
