import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { killTree } from "../../src/operator/kill-tree.ts";

test("ends a process and all that it has started, in process groups of their own as well", async () => {
  // `setsid` forks where it leads a group, and its child is a group and session of its own.
  const child = spawn("sh", ["-c", "setsid --wait sleep 600 & setsid --wait sleep 601 & echo $!; wait"]);
  await once(child.stdout, "data");
  await expect.poll(() => sleepersBelow(child.pid ?? 0)).toBe(2);
  const ended = once(child, "exit");
  const names = killTree(child.pid ?? 0);
  expect(names[0]).toBe("sh");
  expect(names.filter((name) => name === "sleep")).toHaveLength(2);
  expect(await ended).toEqual([null, "SIGKILL"]);
  expect(existsSync(`/proc/${child.pid}`)).toBe(false);
});

test("a process that has ended already is no error", async () => {
  const child = spawn("true");
  await once(child, "exit");
  expect(() => killTree(child.pid ?? 0)).not.toThrow();
});

/** How many processes of the name `sleep` are there below a process. */
function sleepersBelow(pid: number): number {
  const children = (parent: number) =>
    spawnSync("ps", ["-o", "pid=,comm=", "--ppid", String(parent)], { encoding: "utf8" })
      .stdout.trim()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.trim().split(/\s+/) as [string, string]);
  const count = (parent: number): number =>
    children(parent).reduce((sum, [own, name]) => sum + (name === "sleep" ? 1 : 0) + count(Number(own)), 0);
  return count(pid);
}
