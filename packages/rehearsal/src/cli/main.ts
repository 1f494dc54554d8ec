import { CampaignFileError } from "../run/campaign-file.ts";
import { FAULTS } from "../faults/index.ts";
import { PrerequisitesError } from "../machine/prerequisites.ts";
import { listFaults } from "../report/fault-list.ts";
import { listAssumptions } from "./assumption-list.ts";
import { parseOptions, USAGE, UsageError } from "./options.ts";
import { campaignOf, ReportFileError, requireWritable, writeReports } from "./reports.ts";
import { rehearseCampaign } from "./rehearse-campaign.ts";

// What was started is ended, what was written is removed, and only then this process ends.
const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());

// Where a shell does not have it, as root's on Debian after `su`.
process.env["PATH"] = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;

/** @returns the exit status: 1 something went wrong, 2 it cannot start, 130 interrupted */
function explain(error: Error): number {
  if (interruption.signal.aborted) return 130;
  console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
  const cannotStart = [UsageError, PrerequisitesError, CampaignFileError, ReportFileError];
  return cannotStart.some((kind) => error instanceof kind) ? 2 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else if (options.list) console.log(listFaults(FAULTS).join("\n"));
  else if (options.listAssumptions) console.log(listAssumptions().join("\n"));
  else if (options.reportFrom !== undefined) {
    requireWritable(options);
    console.log((await writeReports(campaignOf(options.reportFrom), options)).join("\n"));
  } else process.exitCode = await rehearseCampaign(options, interruption.signal);
} catch (error) {
  process.exitCode = explain(error as Error);
}
