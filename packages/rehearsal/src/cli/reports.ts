import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { writeWhole } from "../machine/write-whole.ts";
import { pageAssets } from "../report/html/page-assets.ts";
import { renderReport } from "../report/html/report.ts";
import { renderJUnit } from "../report/junit.ts";
import { parseCampaign } from "../report/parse-campaign.ts";
import type { CampaignRecord } from "../report/run-record.ts";

/** Where reports are written; undefined: not written. */
export interface ReportFiles {
  /** The page for people. */
  readonly report: string | undefined;
  /** JUnit XML for CI servers. */
  readonly junit: string | undefined;
}

/** A report's file cannot be read or written; the message says which, why, and what to do. */
export class ReportFileError extends Error {}

/** Refuses at once what could not be written after a campaign of an hour. @throws ReportFileError */
export function requireWritable({ report, junit }: ReportFiles): void {
  requirePlace("--report", report);
  requirePlace("--junit", junit);
}

function requirePlace(option: string, path: string | undefined): void {
  if (path === undefined) return;
  const refuse = (why: string): never => {
    throw new ReportFileError(`'${option}' must be a file that can be written, got '${path}': ${why}`);
  };
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) refuse("it is a folder, name a file in it");
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory())
    refuse(`there is no folder '${dirname(path)}', make it first`);
}

/** Writes what is asked for. @returns a line for each file. @throws ReportFileError */
export async function writeReports(campaign: CampaignRecord, { report, junit }: ReportFiles): Promise<string[]> {
  const lines: string[] = [];
  if (report !== undefined) {
    write("--report", report, renderReport(campaign, await pageAssets()));
    lines.push(`The report is in ${report}`);
  }
  if (junit !== undefined) {
    write("--junit", junit, renderJUnit(campaign));
    lines.push(`The JUnit XML is in ${junit}`);
  }
  return lines;
}

/** The campaign that a file holds. @throws ReportFileError */
export function campaignOf(path: string): CampaignRecord {
  try {
    return parseCampaign(readFileSync(path, "utf8"));
  } catch (error) {
    const must = "'--report-from' must be a file that --json has written";
    throw new ReportFileError(`${must}, got '${path}': ${(error as Error).message}`);
  }
}

function write(option: string, path: string, content: string): void {
  try {
    writeWhole(path, content);
  } catch (error) {
    throw new ReportFileError(
      `'${option}' must be a file that can be written, got '${path}': ${(error as Error).message}`,
    );
  }
}
