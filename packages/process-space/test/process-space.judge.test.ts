import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { processSpace } from "../src/process-space.ts";

/** What a process says of its space, started by a command. */
function spaceSaidBy(...command: readonly string[]): string {
  const script = 'import { processSpace } from "./src/process-space.ts"; console.log(processSpace());';
  const node = [process.execPath, "--import", "tsx", "--input-type=module", "-e", script];
  const [program, ...args] = [...command, ...node] as [string, ...string[]];
  return execFileSync(program, args, { cwd: new URL("..", import.meta.url), encoding: "utf8" }).trim();
}

test("two processes of a machine are in one space", () => {
  expect(spaceSaidBy()).toBe(processSpace());
});

test("a process with a namespace of its own for process ids is in another one, though the host's name is the same", () => {
  expect(spaceSaidBy("unshare", "--pid", "--fork")).not.toBe(processSpace());
});
