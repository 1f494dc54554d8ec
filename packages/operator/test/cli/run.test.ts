import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bundleOperator } from "../../bundle.ts";
import { MACHINE_CLOCK } from "../../src/cli/clock.ts";
import { command } from "../../src/cli/command.ts";
import { run } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { EXIT_CODES } from "../../src/exit-codes.ts";
import { OperatorError } from "../../src/operator-error.ts";

const greet = command({
  name: "greet",
  summary: "says a name",
  description: "Says the name that it is given.",
  options: {
    name: { kind: "text", value: "NAME", description: "whom it greets" },
    loud: { kind: "flag", description: "in capitals" },
  },
  examples: [{ line: "pair greet --name Ann", purpose: "greets Ann" }],
  run: async ({ options: { name, loud }, terminal }) => {
    if (name === "nobody") throw new OperatorError("refused", "'--name' must be somebody, got 'nobody': name a person");
    terminal.log(loud ? String(name).toUpperCase() : String(name));
    return "well";
  },
});

async function typed(...args: readonly string[]) {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const status = await run([greet], args, {
    env: {},
    terminal: { log: write, error: write, progress: write },
    interruption: new AbortController().signal,
    clock: MACHINE_CLOCK,
  });
  return { status, said: lines.join("\n") };
}

describe("pair", () => {
  test("runs a command with its options", async () => {
    expect(await typed("greet", "--name", "Ann", "--loud")).toEqual({ status: 0, said: "ANN" });
  });

  test("names all commands and every exit status in its help", async () => {
    const { status, said } = await typed("--help");
    expect(status).toBe(0);
    expect(said).toContain("greet  says a name");
    for (const { code, meaning } of Object.values(EXIT_CODES)) expect(said).toContain(`${code}  ${meaning}`);
  });

  test("says its version, which is the package's where it is built", async () => {
    expect(await typed("--version")).toEqual({ status: 0, said: "from source" });
    const { code } = await bundleOperator();
    const root = fileURLToPath(new URL("../../../../package.json", import.meta.url));
    const { version } = JSON.parse(readFileSync(root, "utf8")) as { version: string };
    const built = spawnSync(process.execPath, ["-", "--version"], { input: code, encoding: "utf8" });
    expect({ out: built.stdout, status: built.status }).toEqual({ out: `${version}\n`, status: 0 });
  });

  test("shows options and examples in a command's help", async () => {
    const { said } = await typed("greet", "--help");
    expect(said).toContain("--name NAME  whom it greets");
    expect(said).toContain("pair greet --name Ann");
  });

  test("ends with the outcome of an error, and says it without a stack trace", async () => {
    const { status, said } = await typed("greet", "--name", "nobody");
    expect(status).toBe(EXIT_CODES.refused.code);
    expect(said).toBe("pair greet: '--name' must be somebody, got 'nobody': name a person");
  });

  test.each([
    [["great"], "there is no command 'great': use one of greet"],
    [["greet", "--nmae", "Ann"], "--nmae"],
    [["greet", "Ann"], "pair greet takes options only, got 'Ann'"],
    [["greet", "--name"], "--name"],
  ])("refuses %j", async (args, reason) => {
    const { status, said } = await typed(...args);
    expect(status).toBe(EXIT_CODES.usage.code);
    expect(said).toContain(reason);
  });

  test("gives every exit status a number of its own", () => {
    const codes = Object.values(EXIT_CODES).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("has an example, and --json, for every command", () => {
    for (const { name, examples, options } of COMMANDS) {
      expect(examples.length, name).toBeGreaterThan(0);
      expect(Object.keys(options), name).toContain("json");
    }
  });
});
