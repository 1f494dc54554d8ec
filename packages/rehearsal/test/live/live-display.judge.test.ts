import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/machine/process.ts";
import { buildFakeLab } from "../run/built-fake-lab.ts";
import type { FakeCampaign } from "./fake-campaign.ts";
import { hasTerminalEmulator, Terminal } from "./terminal.ts";

const PROGRAM = fileURLToPath(new URL("./fake-campaign.ts", import.meta.url));
const CTRL_C = "\u0003";
const CTRL_Z = "\u001a";

// As a rehearsal does: labs are processes in namespaces of the machine's root.
const canIsolate = spawnSync("unshare", ["--mount", "--pid", "--fork", "--net", "true"]).status === 0;
if (!hasTerminalEmulator) console.log("not run: the live view on a terminal: python3-pyte not available");
if (!canIsolate) console.log("not run, since it takes root and namespaces: the live view on a terminal");

const folder = mkdtempSync(join(tmpdir(), "live-display-"));
afterAll(() => rmSync(folder, { recursive: true }));

let program: readonly string[];
beforeAll(async () => {
  program = await buildFakeLab(folder);
});

const PASSES_THEN_HANGS = {
  labs: 1,
  does: "hangs at node-crashed",
  faults: ["keepalived-stopped", "node-crashed"],
};
const RESULT = [
  "",
  "havip: fake labs; 2 runs to make",
  "",
  "  keepalived-stopped, the primary serves",
  "    outage through the VIP: 700 ms (at most 1500)",
  "    well again 500 ms after the healing (at most 10000)",
  "    all checks passed",
];
const VIEW = [
  "-- lab 1, havip: node-crashed -------------------------------------------------",
  "now      the fault lasts (TIME)",
  "nodes    primary MASTER (TIME)   secondary BACKUP (TIME)",
  "holder   primary",
  "client   VIP: NOBODY (TIME)   EIP: primary (TIME)",
  "      +0 ms  primary    FAULT: it begins",
  ...["one", "two", "three", "four", "five"].map((step) => `      +0 ms  cloud      step ${step}`),
  "-------------------------------------------------------------------------------",
];

const commandOf = (campaign: Omit<FakeCampaign, "program">) => [
  ...[process.execPath, "--import", import.meta.resolve("tsx")],
  ...[PROGRAM, JSON.stringify({ ...campaign, program })],
];
/** The lines, of which the empty ones at the end are left out, and times are not said. */
function shown(screen: readonly string[]): string[] {
  const lines = screen.map((line) => line.replaceAll(/\([\d.]+ s\)/g, "(TIME)"));
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

describe.runIf(hasTerminalEmulator && canIsolate)("on a terminal, a campaign", { concurrent: true }, () => {
  test("has its live view below the lines that it prints, and leaves those alone after Ctrl-C", async () => {
    using terminal = new Terminal(commandOf(PASSES_THEN_HANGS), 80, 24);
    const live = await terminal.see("step five.*\\[#");
    expect(shown(live.screen).slice(0, -1)).toEqual([...RESULT, ...VIEW]);
    expect(shown(live.screen).at(-1)).toMatch(/^\[#+-+\] 1 of 2 runs, 0 failed, 0:\d\d elapsed, under 1 min left$/);
    expect(live.showsCursor).toBe(false);
    // Also while events come, from one picture to the next.
    const views = live.pictures.map(shown).filter((lines) => lines.some((line) => line.startsWith("-- lab")));
    for (const lines of views) expect(lines.slice(-2)).toEqual(["-".repeat(79), expect.stringMatching(/ of 2 runs, /)]);
    await terminal.type(CTRL_C);
    const { screen, scrolled, showsCursor, status } = await terminal.end();
    expect(status).toBe(130);
    expect([...scrolled, ...shown(screen)]).toEqual(RESULT);
    expect(showsCursor).toBe(true);
  });

  test("leaves no more on the terminal at its end than it prints without one", async () => {
    const campaign = { ...PASSES_THEN_HANGS, does: "fails keepalived-stopped", recorded: 3 };
    const stdout = await run(process.execPath, commandOf(campaign).slice(1));
    expect(stdout).toMatch(/VIOLATED: receipts tell the truth[^]*node-crashed, the primary serves[^]*the figures\n$/);
    using terminal = new Terminal(commandOf(campaign), 80, 24);
    const { screen, scrolled, showsCursor, status, written } = await terminal.end();
    expect([status, showsCursor]).toEqual([0, true]);
    expect(written).toMatch(/\[#+-+\] 3 of 5 runs[^]*\[#+-+\] 4 of 5 runs, 1 failed/);
    expect([...scrolled, ...shown(screen)].join("\n")).toBe(stdout.trimEnd());
  });

  // What else asks for lines only stands in the test of open-display.ts.
  test.each([
    ["--no-progress", { ...PASSES_THEN_HANGS, noProgress: true }, {}],
    ["CI", PASSES_THEN_HANGS, { CI: "true" }],
  ])("prints lines only with %s", async (_, campaign, env) => {
    using terminal = new Terminal(commandOf({ ...campaign, does: "works" }), 80, 24, env);
    const { written, status } = await terminal.end();
    expect(status).toBe(0);
    expect(written).not.toContain("\u001b");
    expect(written.split("\r\n").slice(0, RESULT.length)).toEqual(RESULT);
  });

  test("follows the size of its terminal, and leaves nothing on it of what it has drawn for another one", async () => {
    using terminal = new Terminal(commandOf(PASSES_THEN_HANGS), 100, 24);
    await terminal.see("step five.*\\[#");
    for (const [columns, rows] of [
      [46, 24],
      [80, 16],
      [60, 30],
      [120, 24],
    ] as const) {
      await terminal.resize(columns, rows);
      const width = Math.min(columns - 1, 100);
      const { screen } = await terminal.see(`\\n-{${width}}\\n[^\\n]*1 of 2 runs`);
      const lines = shown(screen);
      for (const part of ["-- lab 1, havip: node-crashed ---", "now   ", "nodes  ", "holder  ", "1 of 2 runs"])
        expect([part, lines.filter((line) => line.includes(part)).length]).toEqual([part, 1]);
      expect(lines).toContain("    all checks passed");
    }
    await terminal.type(CTRL_C);
    const { screen, showsCursor } = await terminal.end();
    expect(showsCursor).toBe(true);
    // A terminal that becomes lower while a picture is drawn may push a line of it off the screen, where no program can
    // take it back.
    expect(shown(screen).join("\n")).not.toMatch(/holder|lab 1|1 of 2 runs/);
  });

  test("gives the terminal back while it is suspended by Ctrl-Z, and goes on afterwards", async () => {
    using terminal = new Terminal(commandOf(PASSES_THEN_HANGS), 80, 24);
    await terminal.see("step five.*\\[#");
    await terminal.type(CTRL_Z);
    const suspended = await terminal.see("all checks passed\\s*$", { withCursor: true });
    expect(shown(suspended.screen)).toEqual(RESULT);
    expect(suspended.showsCursor).toBe(true);
    await terminal.signal("SIGCONT");
    expect(shown((await terminal.see("NOBODY \\(.*\\[#")).screen).slice(0, -1)).toEqual([...RESULT, ...VIEW]);
    await terminal.type(CTRL_C);
    expect(await terminal.end()).toMatchObject({ status: 130, showsCursor: true });
  });

  test("says an error that nobody has foreseen on a terminal without its view", async () => {
    using terminal = new Terminal(commandOf({ ...PASSES_THEN_HANGS, does: "hangs", breaks: true }), 100, 40);
    const { screen, showsCursor, status } = await terminal.end();
    expect([status, showsCursor]).toEqual([1, true]);
    const lines = shown(screen).join("\n");
    expect(lines).toContain("Error: nobody has foreseen this");
    expect(lines).not.toMatch(/holder|lab 1/);
  });

  // At its very end Node.js 20 aborts, also without the view, where it cannot give a closed terminal its settings back.
  test("ends as by an interruption where its terminal is closed", async () => {
    const statusFile = join(folder, "status");
    using terminal = new Terminal(commandOf({ ...PASSES_THEN_HANGS, statusFile }), 80, 24);
    await terminal.see("step five.*\\[#");
    await terminal.close();
    await terminal.end();
    expect(readFileSync(statusFile, "utf8")).toBe("130");
  });
});
