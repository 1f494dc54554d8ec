import { expect, test } from "vitest";
import { COMMANDS } from "../../../src/commands/index.ts";
import { MACHINE_CLOCK } from "../../../src/cli/clock.ts";
import { completion, EXTRA_WORDS } from "../../../src/cli/completion/index.ts";
import { run } from "../../../src/cli/run.ts";

async function typed(...args: readonly string[]) {
  const [said, problems]: [string[], string[]] = [[], []];
  const status = await run(COMMANDS, args, {
    env: {},
    terminal: {
      log: (line) => void said.push(line),
      error: (line) => void problems.push(line),
      progress: (line) => void problems.push(line),
    },
    interruption: new AbortController().signal,
    clock: MACHINE_CLOCK,
  });
  return { status, said: said.join("\n"), problems: problems.join("\n") };
}

test.each(["bash", "zsh"])("%s completes every command with every option", (shell) => {
  const script = completion(COMMANDS, [shell]);
  for (const { name, options } of COMMANDS) {
    const [, ofCommand = ""] = new RegExp(`^ +${name}\\) ([^]*?) ;;$`, "m").exec(script) ?? [];
    for (const option of Object.keys(options)) expect(ofCommand, name).toMatch(new RegExp(`--${option}\\b`));
  }
});

test("no command has the name of what is no command", () => {
  expect(COMMANDS.map(({ name }) => name).filter((name) => name in EXTRA_WORDS)).toEqual([]);
});

test("prints the script and nothing else, for a shell to source", async () => {
  const { status, said, problems } = await typed("completion", "bash");
  expect({ status, problems }).toEqual({ status: 0, problems: "" });
  expect(said).toMatch(/^# Completes pair in bash[^]*complete -F _pair pair$/);
});

test.each([[[]], [["fish"]], [["bash", "zsh"]]])("refuses %j as a shell, and says how it is used", async (args) => {
  const { status, said, problems } = await typed("completion", ...args);
  expect({ status, said }).toEqual({ status: 2, said: "" });
  expect(problems).toContain(`the shell must be bash or zsh, got '${args.join(" ")}': source <(pair completion bash)`);
});
