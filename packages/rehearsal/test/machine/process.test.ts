import { expect, test } from "vitest";
import { attempt, run } from "../../src/machine/process.ts";

test("an attempt gives the status and what was said, and does not throw", async () => {
  expect(await attempt("sh", ["-c", "echo out; echo err >&2; exit 7"], 60_000)).toEqual({
    status: 7,
    stdout: "out\n",
    stderr: "err\n",
    timedOut: false,
  });
});

test("an attempt ends when its time is over, and says so", async () => {
  const { status, timedOut } = await attempt("sleep", ["600"], 50);
  expect({ status, timedOut }).toEqual({ status: undefined, timedOut: true });
});

test("an attempt at a command that is not there says so", async () => {
  const { status, stderr } = await attempt("/no/such/command", [], 60_000);
  expect(status).toBeUndefined();
  expect(stderr).toContain("/no/such/command");
});

test("refuses to go on after a command that fails, with its words", async () => {
  await expect(run("sh", ["-c", "echo no such VIP >&2; exit 1"])).rejects.toThrow(/^'sh -c .*' failed: no such VIP$/);
});
