import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pageAssets } from "../report/html/page-assets.ts";
import { renderReport } from "../report/html/report.ts";
import { parseCampaign } from "../report/parse-campaign.ts";
import type { CampaignRecord } from "../report/run-record.ts";

/** Where reports are written; undefined: not written. */
export interface ReportFiles {
  /** The page for people. */
  readonly report: string | undefined;
}

/** A report's file cannot be read or written; the message says which, why, and what to do. */
export class ReportFileError extends Error {}

/** Refuses at once what could not be written after a campaign of an hour. @throws ReportFileError */
export function requireWritable({ report }: ReportFiles): void {
  if (report === undefined) return;
  const refuse = (why: string): never => {
    throw new ReportFileError(`'--report' must be a file that can be written, got '${report}': ${why}`);
  };
  if (statSync(report, { throwIfNoEntry: false })?.isDirectory()) refuse("it is a folder, name a file in it");
  if (!statSync(dirname(report), { throwIfNoEntry: false })?.isDirectory())
    refuse(`there is no folder '${dirname(report)}', make it first`);
}

/** Writes what is asked for. @returns a line for each file. @throws ReportFileError */
export async function writeReports(campaign: CampaignRecord, { report }: ReportFiles): Promise<string[]> {
  if (report === undefined) return [];
  write("--report", report, renderReport(campaign, await pageAssets()));
  return [`The report is in ${report}`];
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

/** Writes beside and renames: whoever opens the file finds a whole one. */
function write(option: string, path: string, content: string): void {
  try {
    writeFileSync(`${path}.new`, content);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new ReportFileError(
      `'${option}' must be a file that can be written, got '${path}': ${(error as Error).message}`,
    );
  }
}
