import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { RunRecord } from "../../src/report/run-record.ts";
import { type CampaignOptions, runCampaign } from "../../src/run/campaign.ts";
import type { PlannedLab } from "../../src/run/plan.ts";
import { buildFakeLab } from "./built-fake-lab.ts";

const folder = mkdtempSync(join(tmpdir(), "campaign-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

let fakeLab: readonly string[];
beforeAll(async () => {
  fakeLab = await buildFakeLab(folder);
});

// As a rehearsal does: in namespaces of the machine's root, with cgroups.
const isRoot = process.getuid?.() === 0;
const namespaces = spawnSync("unshare", ["--mount", "--pid", "--fork", "--net", "true"]).status === 0;
if (!isRoot || !namespaces) console.log("not run, since it takes root and namespaces: the campaign");

const plan = (...pairs: [does: string, ...faults: string[]][]): PlannedLab[] =>
  pairs.map(([does, ...faults]) => ({
    mechanism: "havip",
    settings: { does },
    runs: faults.map((fault, index) => ({ fault, repetition: 1, seed: index })),
  }));

/** Runs a campaign of fake labs. */
async function campaign(options: Partial<CampaignOptions>) {
  const runs: { readonly lab: number; readonly record: RunRecord }[] = [];
  const started: string[] = [];
  const problems: string[] = [];
  const untried = await runCampaign({
    plan: [],
    labs: 1,
    common: {
      ...{ stack: null, settingsFile: "pair.yaml", rootFilesystem: "/", system: "Debian 12" },
      ...{ taskMs: 0, arpDelayMs: 0, stableMs: 0, assumptions: {} },
    },
    partsFor: () => Promise.resolve({ plugins: null, packages: null }),
    keep: false,
    interruption: new AbortController().signal,
    onLab: ({ number, pair }) => started.push(`${number}: ${String(pair.settings["does"])}`),
    onMessage: () => {},
    onOutput: () => {},
    onRun: ({ number }, record) => runs.push({ lab: number, record }),
    onProblem: (_lab, text) => problems.push(text),
    onKept: () => {},
    program: fakeLab,
    ...options,
  });
  return { runs, started, problems, untried };
}

/** What the kernel keeps of labs that this process has started. */
const leftCgroups = () =>
  ["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"].flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => name.startsWith(`rehearsal-${process.pid}-`));
    } catch {
      return [];
    }
  });

/** The labs' processes name their cgroups in their arguments. */
function leftProcesses(): string[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(`rehearsal-${process.pid}-`));
}

describe.skipIf(!isRoot || !namespaces)("a campaign", () => {
  // The last processes of a killed namespace take a moment to go.
  afterEach(() => vi.waitFor(() => expect([leftCgroups(), leftProcesses()]).toEqual([[], []]), 60_000));

  test("shares the pairs among labs side by side, and the runs of the last pair", async () => {
    const faults = ["keepalived-stopped", "keepalived-killed", "node-crashed", "cable-pulled", "vip-deleted"];
    const { runs, started } = await campaign({ plan: plan(["one", ...faults], ["other", "node-crashed"]), labs: 2 });
    expect(started.slice(0, 2)).toEqual(["1: one", "2: other"]);
    expect(runs.map(({ record }) => record.fault).sort()).toEqual([...faults, "node-crashed"].sort());
    expect(new Set(runs.map(({ lab }) => lab))).toEqual(new Set([1, 2]));
  });

  test("goes on in a new lab after a run that its pair does not pass", async () => {
    const does = "fails keepalived-killed";
    const faults = ["keepalived-stopped", "keepalived-killed", "node-crashed"];
    const ended: number[] = [];
    const onLabEnd = ({ number }: { readonly number: number }) => ended.push(number);
    const { runs, started } = await campaign({ plan: plan([does, ...faults]), onLabEnd });
    expect(started).toEqual([`1: ${does}`, `1: ${does}`]);
    expect(ended).toEqual([1, 1]);
    expect(runs.map(({ record }) => [record.fault, record.violations.length])).toEqual([
      ["keepalived-stopped", 0],
      ["keepalived-killed", 1],
      ["node-crashed", 0],
    ]);
  });

  test("records a run in which its lab dies as violated, with what was seen of it, and goes on", async () => {
    const { runs } = await campaign({ plan: plan(["keepalived-killed", "keepalived-killed", "node-crashed"]) });
    expect(runs.map(({ record }) => record)).toMatchObject([
      {
        fault: "keepalived-killed",
        group: "keepalived",
        victim: "secondary",
        healedAt: null,
        convergedAt: null,
        convergeBoundMs: 7_000,
        events: [{ what: "FAULT: it begins" }],
        violations: [
          { check: "the run comes to its end", text: "the lab's process ended with status 3: out of memory" },
        ],
      },
      { fault: "node-crashed", violations: [] },
    ]);
  });

  test("records a lab that does not come up as its run's violation, and gives the pair up after three in a row", async () => {
    const faults = ["keepalived-stopped", "keepalived-killed", "node-crashed", "cable-pulled"];
    const pairs = plan(["does not come up", ...faults], ["works", "vip-deleted"]);
    const { runs, started, untried } = await campaign({ plan: pairs });
    expect(started).toHaveLength(4);
    expect(untried).toBe(1);
    expect(runs.map(({ record }) => [record.fault, record.victim, record.violations[0]?.text])).toEqual([
      ["keepalived-stopped", null, "the primary's boot failed"],
      ["keepalived-killed", null, "the primary's boot failed"],
      ["node-crashed", null, "the primary's boot failed"],
      ["vip-deleted", "primary", undefined],
    ]);
  });

  test("ends a lab that hangs, and names what was awaited, for how long and what was seen last", async () => {
    const { runs } = await campaign({
      plan: plan(["hangs", "node-crashed"]),
      budgets: { up: 60_000, run: 3_000, end: 60_000 },
    });
    expect(runs.map(({ record }) => record.violations)).toEqual([
      [
        {
          check: "the run comes to its end",
          text: "the end of the run of node-crashed did not come within 3000 ms; seen last: FAULT: it begins",
        },
      ],
    ]);
  });

  test("ends every lab at once where it is interrupted", async () => {
    const interruption = new AbortController();
    const running = campaign({
      plan: plan(["hangs", "node-crashed"], ["hangs", "cable-pulled"]),
      labs: 2,
      interruption: interruption.signal,
      onMessage: ({ number }, { kind }) => {
        if (number === 2 && kind === "event") interruption.abort(new Error("Ctrl-C"));
      },
    });
    await expect(running).rejects.toThrow("Ctrl-C");
  });

  test("ends every lab where one run cannot be written down", async () => {
    const running = campaign({
      plan: plan(["hangs", "node-crashed"], ["works", "cable-pulled"]),
      labs: 2,
      onRun: () => {
        throw new Error("no space left on device");
      },
    });
    await expect(running).rejects.toThrow("no space left on device");
  });
});
