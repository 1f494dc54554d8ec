import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findKnownState, findState, stackFolder } from "../../src/stack/find-state.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pair-state-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function stack(path: string): string {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, "cdk.tf.json"), "{}");
  return join(folder, path);
}

function terraform(text: string): NodeJS.ProcessEnv {
  writeFileSync(join(folder, "terraform"), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: join(folder, "terraform") };
}

test("finds the only stack where 'cdktf deploy' runs, in cdktf's output, and in a folder of Terraform's", () => {
  const path = stack("cdktf.out/stacks/web");
  expect(stackFolder({ stack: undefined, cwd: folder })).toBe(path);
  expect(stackFolder({ stack: join(folder, "cdktf.out") })).toBe(path);
  expect(stackFolder({ stack: path })).toBe(path);
});

test("refuses to choose among several stacks, and names them", () => {
  stack("cdktf.out/stacks/web");
  stack("cdktf.out/stacks/db");
  expect(() => stackFolder({ stack: undefined, cwd: folder })).toThrow(
    /has several stacks, .*web.*: name one with --stack/,
  );
});

test("refuses a folder without a stack, and one that is not there", () => {
  expect(() => stackFolder({ stack: undefined, cwd: folder })).toThrow(
    "has no stack: run this where 'cdktf deploy' runs",
  );
  expect(() => stackFolder({ stack: join(folder, "none") })).toThrow("'--stack' must be a folder, got");
});

test("asks Terraform for the state, in the stack's folder", async () => {
  const path = stack("cdktf.out/stacks/web");
  const env = terraform('echo "$(pwd -P) $*"');
  const found = await findState({ state: undefined, stack: path, env });
  expect(found).toEqual({ text: `${path} state pull\n`, source: path });
});

test("says in a sentence why Terraform does not give the state", async () => {
  const path = stack("cdktf.out/stacks/web");
  const env = terraform('printf "╷\\n│ Error: Backend initialization required\\n│ \\n╵\\n" >&2; exit 1');
  await expect(findState({ state: undefined, stack: path, env })).rejects.toThrow(
    `the state of ${path} could not be read: Backend initialization required`,
  );
});

test("says why also where the error is long, and warnings stand before it", async () => {
  const path = stack("cdktf.out/stacks/web");
  const error = `Unreadable ${"key ".repeat(100)}`;
  const env = terraform(`printf "Warning: no such configuration. It is left out.\\n\\nError: ${error}\\n" >&2; exit 1`);
  await expect(findState({ state: undefined, stack: path, env })).rejects.toThrow(/could not be read: Unreadable key /);
});

test("says that there is no Terraform, and that nothing is deployed", async () => {
  const path = stack("cdktf.out/stacks/web");
  const env = { PATH: process.env["PATH"], TERRAFORM_BINARY_NAME: join(folder, "no-terraform") };
  await expect(findState({ state: undefined, stack: path, env })).rejects.toThrow("there is no ");
  await expect(findState({ state: undefined, stack: path, env: terraform("true") })).rejects.toThrow(
    "has no state yet: run 'cdktf deploy' first",
  );
});

test("refuses a state file that is not there", async () => {
  const state = join(folder, "none.tfstate");
  await expect(findState({ state, stack: undefined, env: {} })).rejects.toThrow(
    "'--state' must be a file that can be read",
  );
});

/** A state that may be lost, of a folder in which a shell script stands for Terraform. */
function knownState(script: string) {
  const path = stack("cdktf.out/stacks/web");
  const progress: string[] = [];
  const interruption = new AbortController().signal;
  const env = terraform(script);
  const choice = { state: undefined, folder: path, env, interruption, progress: (line: string) => progress.push(line) };
  return { found: findKnownState(choice), progress, path };
}

test("prepares a folder in which Terraform has not run yet, and finds that there is no state", async () => {
  const { found, progress, path } = knownState('case "$1" in init) touch ready ;; state) [ -e ready ] ;; esac');
  expect(await found).toBeUndefined();
  expect(progress).toEqual([`terraform init in ${path}`]);
});

test("refuses to take a state for lost that cannot be read", async () => {
  const { found } = knownState('[ "$1" = init ] || { echo "Error: no such bucket" >&2; exit 1; }');
  await expect(found).rejects.toMatchObject({ outcome: "unknown", message: expect.stringContaining("no such bucket") });
  const { found: another } = knownState('echo "Error: the backend has changed" >&2; exit 1');
  await expect(another).rejects.toThrow("terraform init: the backend has changed");
});
