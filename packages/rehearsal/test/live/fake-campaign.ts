// A campaign of fake labs, shown and interrupted as `npm run rehearse` is.
import { writeFileSync } from "node:fs";
import { runCommand } from "../../src/cli/command.ts";
import { followCampaign } from "../../src/cli/follow-campaign.ts";
import { campaignBefore } from "../../src/live/campaign-state.ts";
import { openDisplay } from "../../src/live/open-display.ts";
import { runCampaign } from "../../src/run/campaign.ts";
import { runRecord } from "../report/run.ts";

/** What the campaign is. */
export interface FakeCampaign {
  readonly labs: number;
  /** What Node.js runs in each lab. */
  readonly program: readonly string[];
  /** What the labs do, see fake-lab.ts. */
  readonly does: string;
  readonly faults: readonly string[];
  /** How many runs are recorded from earlier. */
  readonly recorded?: number;
  readonly noProgress?: boolean;
  /** An error that nobody has foreseen comes as soon as a fault has begun. */
  readonly breaks?: boolean;
  /** A file for the exit status, for where Node.js itself ends with another one. */
  readonly statusFile?: string;
}

await runCommand({
  usage: "fake-campaign.ts JSON",
  run: async (argv, interruption) => {
    const campaign = JSON.parse(argv[0] ?? "") as FakeCampaign;
    const { labs, program, does, faults, recorded = 0, noProgress = false, breaks, statusFile } = campaign;
    if (statusFile !== undefined) process.once("exit", (status) => writeFileSync(statusFile, String(status)));
    const before = Array.from({ length: recorded }, () => runRecord());
    using display = openDisplay(campaignBefore(recorded + faults.length, before, Date.now()), noProgress);
    const file = { addRun: () => {}, addProblem: () => {} };
    const follow = followCampaign({ file, display, labs, source: "fake labs" });
    await runCampaign({
      plan: [
        { mechanism: "havip", settings: { does }, runs: faults.map((fault) => ({ fault, repetition: 1, seed: 1 })) },
      ],
      labs,
      common: {
        ...{ stack: null, settingsFile: "pair.yaml", rootFilesystem: "/", system: "Debian 12" },
        ...{ taskMs: 0, arpDelayMs: 0, stableMs: 0, assumptions: {} },
      },
      partsFor: () => Promise.resolve({ plugins: null, packages: null }),
      keep: false,
      interruption,
      program,
      ...follow,
      onMessage: (lab, message) => {
        follow.onMessage(lab, message);
        if (breaks && message.kind === "begins")
          setTimeout(() => {
            throw new Error("nobody has foreseen this");
          }, 500);
      },
    });
    display[Symbol.dispose]();
    console.log("the figures");
    return 0;
  },
});
