import { CAMPAIGN_FORMAT, type CampaignRecord } from "../../src/report/run-record.ts";
import { runRecord } from "./run.ts";

/** A campaign of one run that passed, but for what is changed. */
export function campaignRecord(change: Partial<CampaignRecord> = {}): CampaignRecord {
  return {
    format: CAMPAIGN_FORMAT,
    product: "0.1.0 20c5725053c7",
    machine: "2 CPUs, 24 GiB, Linux 6.18",
    startedAt: 0,
    endedAt: 60_000,
    seed: 1,
    conditions: {
      settings: "pair.yaml ec96688c",
      system: "Debian 12",
      mechanisms: ["havip"],
      faults: ["keepalived-stopped", "node-crashed"],
      stableMs: 15_000,
      taskMs: 200,
      arpDelayMs: 20,
      deploy: false,
      assumptions: {},
    },
    repetitions: 1,
    planned: 2,
    sessions: [{ startedAt: 0, endedAt: 60_000, labs: 1 }],
    runs: [runRecord()],
    problems: [],
    ...change,
  };
}
