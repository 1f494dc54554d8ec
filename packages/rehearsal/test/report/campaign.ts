import {
  CAMPAIGN_FORMAT,
  type CampaignRecord,
  type RunRecord,
  type TimelineEvent,
} from "../../src/report/run-record.ts";
import { runRecord } from "./run.ts";

const AT = Date.UTC(2026, 10, 26, 3, 0, 0);

/** A campaign of some runs. */
export function campaignRecord(
  runs: readonly RunRecord[] = [runRecord()],
  change: Partial<CampaignRecord> = {},
): CampaignRecord {
  return {
    format: CAMPAIGN_FORMAT,
    product: "0.1.0 20c5725053c7",
    machine: "2 CPUs, 4 GiB, Linux 6.1",
    startedAt: AT,
    endedAt: AT + 90_000,
    seed: 1,
    conditions: {
      settings: "pair.yaml 01234567",
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
    planned: runs.length,
    sessions: [{ startedAt: AT, endedAt: AT + 90_000, labs: 2 }],
    runs,
    problems: [],
    ...change,
  };
}

/** A run in which the primary crashes and the secondary takes over, with an event of every kind that is drawn. */
export function crashRecord(outageMs: number, change: Partial<RunRecord> = {}): RunRecord {
  const event = (ms: number, who: string, kind: TimelineEvent["kind"], what: string, detail = {}): TimelineEvent => {
    return { at: AT + ms, who, kind, what, ...detail };
  };
  const task = { taskId: "1", action: "MigratePrivateIpAddress" };
  const call = { from: "secondary", action: "MigratePrivateIpAddress", code: "OK", ms: 12 };
  return runRecord({
    fault: "node-crashed",
    group: "node",
    mechanism: "secondary-private-ip",
    faultAt: AT,
    healingAt: AT + 6_000,
    healedAt: AT + 6_500,
    convergedAt: AT + 8_000,
    closingAt: AT + 23_000,
    endedAt: AT + 25_000,
    outages: [
      { via: "VIP", lastedMs: outageMs, boundMs: 5_100 },
      { via: "EIP", lastedMs: outageMs + 10, boundMs: 5_100 },
    ],
    served: (["VIP", "EIP"] as const).flatMap((via) => [
      { via, node: "primary", from: AT - 1_000, to: AT },
      { via, node: "secondary", from: AT + outageMs, to: AT + 25_000 },
    ]),
    signals: [
      { at: AT, node: "primary", isRed: false, shows: "MASTER, agree yes" },
      { at: AT + 500, node: "primary", isRed: true, shows: "the node does not answer" },
    ],
    events: [
      event(0, "primary", "state", "is MASTER", { state: "MASTER" }),
      event(0, "secondary", "state", "is BACKUP", { state: "BACKUP" }),
      event(0, "cloud", "holder", "10.0.1.100 is on primary", { holder: "primary" }),
      event(0, "primary", "fault", "FAULT: the node loses its power"),
      event(200, "primary", "state", "is powered off", { state: "powered off" }),
      event(3_300, "secondary", "state", "notifies MASTER", { state: "MASTER" }),
      event(3_400, "cloud", "call", "MigratePrivateIpAddress from secondary: OK", { call }),
      event(3_410, "cloud", "task", "MigratePrivateIpAddress: RUNNING", { task: { ...task, status: "RUNNING" } }),
      event(3_500, "cloud", "call", "DescribeAddresses from secondary: InternalError", {
        call: { ...call, action: "DescribeAddresses", code: "InternalError" },
      }),
      event(3_610, "cloud", "task", "MigratePrivateIpAddress: SUCCESS", { task: { ...task, status: "SUCCESS" } }),
      event(3_610, "cloud", "holder", "10.0.1.100 is on secondary", { holder: "secondary" }),
      event(6_000, "rehearsal", "healing", "HEALING: the power is back"),
      event(23_000, "rehearsal", "check", "stops keepalived on the secondary: the standby must take over"),
    ],
    ...change,
  });
}
