import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CAMPAIGN_FORMAT, type CampaignRecord } from "../../src/report/run-record.ts";
import { CampaignFile, CampaignFileError, type CampaignIdentity } from "../../src/run/campaign-file.ts";
import type { PlannedLab } from "../../src/run/plan.ts";
import { campaignRecord } from "../report/campaign.ts";
import { runRecord } from "../report/run.ts";

const { product, machine, seed, conditions, repetitions, planned } = campaignRecord();
const identity: CampaignIdentity = { product, machine, seed, conditions, repetitions, planned };
const plan: PlannedLab[] = [
  {
    mechanism: "havip",
    settings: {},
    runs: [
      { fault: "keepalived-stopped", repetition: 1, seed: 4 },
      { fault: "node-crashed", repetition: 1, seed: 5 },
    ],
  },
];

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "campaign-file-test-"));
  path = join(folder, "campaign.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = () => JSON.parse(readFileSync(path, "utf8")) as CampaignRecord;

test("a campaign's file is there from the beginning, and whole after each run", () => {
  const file = CampaignFile.open(path, identity, 2, false);
  expect(written()).toMatchObject({
    format: CAMPAIGN_FORMAT,
    ...identity,
    sessions: [{ labs: 2 }],
    runs: [],
    problems: [],
  });
  file.addRun(runRecord());
  file.addProblem("the destroy leaves something behind");
  expect(written()).toEqual(file.record);
  expect(written()).toMatchObject({
    runs: [{ fault: "keepalived-stopped" }],
    problems: ["the destroy leaves something behind"],
  });
  expect(existsSync(`${path}.new`)).toBe(false);
});

test("a campaign that is resumed never repeats a run that is recorded", () => {
  CampaignFile.open(path, identity, 1, false).addRun(runRecord());
  const file = CampaignFile.open(path, identity, 2, true);
  expect(file.remaining(plan)).toEqual([{ ...plan[0], runs: [plan[0]?.runs[1]] }]);
  file.addRun(runRecord({ fault: "node-crashed" }));
  expect(file.remaining(plan)).toEqual([]);
  expect(written().runs.map(({ fault }) => fault)).toEqual(["keepalived-stopped", "node-crashed"]);
  expect(written().sessions.map(({ labs }) => labs)).toEqual([1, 2]);
});

test("a campaign may be resumed with more runs of each fault", () => {
  CampaignFile.open(path, identity, 1, false).addRun(runRecord());
  CampaignFile.open(path, { ...identity, repetitions: 5, planned: 10 }, 1, true);
  expect(written()).toMatchObject({ repetitions: 5, planned: 10, runs: [{ repetition: 1 }] });
});

test("a campaign that is to be resumed and was never begun begins", () => {
  CampaignFile.open(path, identity, 1, true);
  expect(written().runs).toEqual([]);
});

test("without a file, a campaign is kept in memory", () => {
  const file = CampaignFile.open(undefined, identity, 1, false);
  file.addRun(runRecord());
  expect(file.record.runs).toHaveLength(1);
});

describe("refuses", () => {
  const resume = (change: Partial<CampaignIdentity>) => {
    CampaignFile.open(path, identity, 1, false).addRun(runRecord());
    return () => CampaignFile.open(path, { ...identity, ...change }, 1, true);
  };

  test("to write over a file that is there", () => {
    CampaignFile.open(path, identity, 1, false).addRun(runRecord());
    const before = readFileSync(path, "utf8");
    expect(() => CampaignFile.open(path, identity, 1, false)).toThrow(
      /'--json' must be a new file, got '.*', which exists: go on with it by --resume, or/,
    );
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test.each<[string, Partial<CampaignIdentity>, RegExp]>([
    ["another commit", { product: "0.1.0 ffff" }, /the product was '0.1.0 20c5725053c7', is '0.1.0 ffff'/],
    ["another machine", { machine: "a laptop" }, /the machine was .*, is 'a laptop'/],
    ["another seed", { seed: 2 }, /--seed was 1, is 2/],
    ["another look", { conditions: { ...conditions, stableMs: 2_000 } }, /--stable-s \(in ms\) was 15000, is 2000/],
    [
      "other faults",
      { conditions: { ...conditions, faults: [] } },
      /--fault was \["keepalived-stopped","node-crashed"\], is/,
    ],
    [
      "another reading of the cloud",
      { conditions: { ...conditions, assumptions: { "gratuitous-arp": "one-a-second" } } },
      /--assume was {}, is {"gratuitous-arp":"one-a-second"}/,
    ],
    ["fewer runs", { repetitions: 0 }, /--runs was 1, is 0, and may only grow/],
  ])("to go on with %s, and leaves the file as it is", (_what, change, message) => {
    const resumed = resume(change);
    const before = readFileSync(path, "utf8");
    expect(resumed).toThrow(message);
    expect(resumed).toThrow(CampaignFileError);
    expect(readFileSync(path, "utf8")).toBe(before);
  });

  test.each([
    ["{", /'--resume' must go on with a campaign's file, got '.*': it is not JSON/],
    ["{}", /it is JSON, but not of a campaign/],
    ["null", /it is JSON, but not of a campaign/],
    ['{ "format": 1, "runs": [] }', /it is in format 1, and this version reads format 2 only/],
  ])("to go on with a file that holds %s", (text, message) => {
    writeFileSync(path, text);
    expect(() => CampaignFile.open(path, identity, 1, true)).toThrow(message);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a file that cannot be written", () => {
    mkdirSync(`${path}.new`);
    expect(() => CampaignFile.open(path, identity, 1, false)).toThrow(
      /'--json' must be a file that can be written, got/,
    );
    expect(() => CampaignFile.open(join(folder, "no/where.json"), identity, 1, false)).toThrow(/ENOENT/);
  });
});
