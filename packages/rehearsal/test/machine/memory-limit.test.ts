import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { limitMemory } from "../../src/machine/memory-limit.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "memory-limit-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function cgroup(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
  return path;
}
const read = (path: string, file: string) => readFileSync(join(path, file), "utf8");

test("limits a cgroup of version 1 to what it uses and the spare, in whichever hierarchy the controller is", () => {
  const systemd = cgroup("systemd/run/primary", {});
  const memory = cgroup("memory/run/primary", { "memory.usage_in_bytes": "1000\n", "memory.limit_in_bytes": "-1" });
  limitMemory([systemd, memory], 24);
  expect(read(memory, "memory.limit_in_bytes")).toBe("1024");
  limitMemory([systemd, memory], undefined);
  expect(read(memory, "memory.limit_in_bytes")).toBe("-1");
});

test("switches the controller of version 2 on above the cgroup, and limits it", () => {
  cgroup("run", { "cgroup.controllers": "cpu memory\n", "cgroup.subtree_control": "" });
  const node = cgroup("run/primary", { "memory.current": "500\n", "memory.max": "max" });
  limitMemory([node], 12);
  expect(read(join(folder, "run"), "cgroup.subtree_control")).toBe("+memory");
  expect(read(node, "memory.max")).toBe("512");
  limitMemory([node], undefined);
  expect(read(node, "memory.max")).toBe("max");
});

test("refuses a machine without the memory controller", () => {
  expect(() => limitMemory([cgroup("systemd/run/primary", {})], 1)).toThrow(
    "only with the memory controller of cgroups",
  );
});
