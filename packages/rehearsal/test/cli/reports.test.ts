import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { campaignOf, ReportFileError, requireWritable, writeReports } from "../../src/cli/reports.ts";
import { campaignRecord, crashRecord } from "../report/campaign.ts";

const folder = mkdtempSync(join(tmpdir(), "reports-"));
beforeEach(() => readdirSync(folder).forEach((name) => rmSync(join(folder, name))));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);

test("a report is made of what --json has written", async () => {
  const campaign = campaignRecord([crashRecord(3_700)]);
  writeFileSync(inFolder("campaign.json"), JSON.stringify(campaign));
  expect(campaignOf(inFolder("campaign.json"))).toEqual(campaign);
  const [report, junit] = [inFolder("report.html"), inFolder("junit.xml")];
  expect(await writeReports(campaignOf(inFolder("campaign.json")), { report, junit })).toEqual([
    `The report is in ${report}`,
    `The JUnit XML is in ${junit}`,
  ]);
  expect(readFileSync(junit, "utf8")).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites /);
  expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>[^]*1 of 1 runs passed[^]*<\/html>\s*$/);
  expect(readdirSync(folder).sort()).toEqual(["campaign.json", "junit.xml", "report.html"]);
});

test("nothing is written where nothing is asked for", async () => {
  expect(await writeReports(campaignRecord([]), { report: undefined, junit: undefined })).toEqual([]);
  requireWritable({ report: undefined, junit: undefined });
});

describe("refuses, before a campaign begins,", () => {
  test.each([
    [folder, "it is a folder, name a file in it"],
    [join(folder, "missing/report.html"), `there is no folder '${join(folder, "missing")}', make it first`],
  ])("to write to %s", (report, why) => {
    for (const option of ["report", "junit"] as const) {
      expect(() => requireWritable({ report: undefined, junit: undefined, [option]: report })).toThrow(
        new ReportFileError(`'--${option}' must be a file that can be written, got '${report}': ${why}`),
      );
    }
  });
});

describe("refuses to make a report of", () => {
  test.each([
    ["{", /it is not JSON/],
    ["[]", /it is JSON, but not of a campaign/],
    ['{"format":1,"runs":[]}', /it is in format 1, and this version reads format 2 only/],
  ])("%s", (text, why) => {
    writeFileSync(inFolder("campaign.json"), text);
    expect(() => campaignOf(inFolder("campaign.json"))).toThrow(ReportFileError);
    expect(() => campaignOf(inFolder("campaign.json"))).toThrow(why);
  });

  test("a file that is not there", () => {
    expect(() => campaignOf(inFolder("missing.json"))).toThrow(
      /'--report-from' must be a file .*, got '.*missing.json': ENOENT/,
    );
  });
});
