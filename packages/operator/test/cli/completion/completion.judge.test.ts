import { spawn } from "@lydell/node-pty";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../../src/commands/index.ts";
import { completion } from "../../../src/cli/completion/index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "completion-test-"));
  for (const shell of ["bash", "zsh"]) writeFileSync(join(folder, `pair.${shell}`), completion(COMMANDS, [shell]));
  mkdirSync(join(folder, "my stack"));
  writeFileSync(join(folder, "next plan.json"), "{}");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** How each shell is started without anybody's own settings, and what it sources. */
const SHELLS: Readonly<Record<string, { readonly args: readonly string[]; readonly setUp: string }>> = {
  bash: { args: ["--noprofile", "--norc", "-i"], setUp: "bind 'set show-all-if-ambiguous on'; source pair.bash" },
  zsh: { args: ["-f", "-i"], setUp: "autoload -Uz compinit && compinit -D; source pair.zsh" },
};

/** Waits until a shell shows all of this when somebody types the keys, and Tab, into it, in a terminal. */
async function expectShown(shell: string, keys: string, expected: readonly string[]): Promise<void> {
  const { args, setUp } = SHELLS[shell] ?? { args: [], setUp: "" };
  const terminal = spawn(shell, [...args], {
    cwd: folder,
    cols: 200,
    rows: 50,
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, TERM: "dumb", PS1: "> ", LC_ALL: "C.UTF-8" },
  });
  let shown = "";
  terminal.onData((data) => (shown += data));
  try {
    // What is printed is not what was typed: the shell puts both halves together.
    terminal.write(`${setUp}; echo set''-up\r`);
    await expect.poll(() => shown, { timeout: 20_000 }).toContain("set-up");
    shown = "";
    terminal.write(`${keys}\t`);
    for (const text of expected) await expect.poll(() => shown, { timeout: 20_000 }).toContain(text);
  } finally {
    terminal.kill("SIGKILL");
  }
}

describe.each(Object.keys(SHELLS))("%s", (shell) => {
  const isThere = spawnSync(shell, ["-c", "true"]).status === 0;
  const typed = test.runIf(isThere);
  if (!isThere) console.log(`not tested: ${shell} is not installed`);

  typed.each([
    ["pair und", "pair undrain "],
    ["pair drain prim", "pair drain primary "],
    ["pair status --js", "pair status --json "],
    ["pair logs primary --li", "pair logs primary --lines "],
    ["pair completion z", "pair completion zsh "],
    ["pair status --stack my", "my\\ stack/"],
    ["pair plan ne", "next\\ plan.json "],
  ])("completes '%s' to '%s'", async (keys, line) => {
    await expectShown(shell, keys, [line]);
  });

  typed("shows every command where none is begun", async () => {
    await expectShown(
      shell,
      "pair ",
      COMMANDS.map(({ name }) => name),
    );
  });
});
