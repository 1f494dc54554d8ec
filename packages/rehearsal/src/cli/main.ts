import { FAULTS } from "../faults/index.ts";
import { listFaults } from "../faults/fault-list.ts";
import { listAssumptions } from "./assumption-list.ts";
import { runCommand } from "./command.ts";
import { parseOptions, USAGE } from "./options.ts";
import { campaignOf, requireWritable, writeReports } from "./reports.ts";
import { rehearseCampaign } from "./rehearse-campaign.ts";

function say(lines: readonly string[]): number {
  console.log(lines.join("\n"));
  return 0;
}

await runCommand({
  usage: USAGE,
  run: async (argv, interruption) => {
    const options = parseOptions(argv);
    if (options.help) return say([USAGE]);
    if (options.list) return say(listFaults(FAULTS));
    if (options.listAssumptions) return say(listAssumptions());
    if (options.reportFrom !== undefined) {
      requireWritable(options);
      return say(await writeReports(campaignOf(options.reportFrom), options));
    }
    return rehearseCampaign(options, interruption);
  },
});
