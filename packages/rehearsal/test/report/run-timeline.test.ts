import { expect, test } from "vitest";
import type { TimelineEvent } from "../../src/report/run-record.ts";
import { runTimeline } from "../../src/report/run-timeline.ts";
import { runRecord } from "./run.ts";

const event = (at: number, who: string, more: Partial<TimelineEvent>): TimelineEvent => {
  return { at, who, kind: "state", what: "", ...more };
};

function spans(label: string, change: Parameters<typeof runRecord>[0]): string[] {
  const lane = runTimeline(runRecord({ faultAt: 1_000, endedAt: 9_000, ...change })).lanes.find(
    (candidate) => candidate.label === label,
  );
  return (lane?.spans ?? []).map(({ from, to, text, tone }) => `${from}..${to} ${text} (${tone})`);
}

test("the client's lane shows who answered, and where nobody did", () => {
  const served = [
    { via: "VIP", node: "primary", from: 0, to: 1_200 },
    { via: "VIP", node: "secondary", from: 4_900, to: 8_950 },
    { via: "EIP", node: "primary", from: 900, to: 9_000 },
  ] as const;
  expect(spans("client through the VIP", { served })).toEqual([
    "-500..200 primary (primary)",
    "200..3900 nobody, 3.7 s (outage)",
    "3900..7950 secondary (secondary)",
  ]);
  expect(spans("client through the EIP", { served })).toEqual(["-100..8000 primary (primary)"]);
});

test("the client's lane ends with nobody where the service does not come back", () => {
  const served = [{ via: "VIP", node: "primary", from: 0, to: 1_200 }] as const;
  expect(spans("client through the VIP", { served }).at(-1)).toBe("200..8000 nobody, 7.8 s (outage)");
});

test("a state lasts until another one of the same node", () => {
  const events = [
    event(1_000, "primary", { state: "MASTER" }),
    event(1_000, "secondary", { state: "BACKUP" }),
    event(2_000, "primary", { state: "powered off" }),
    event(2_500, "secondary", { kind: "state", what: "notifies MASTER_RX_LOWER_PRI" }),
    event(5_000, "primary", { state: "powered off" }),
  ];
  expect(spans("primary: VRRP", { events })).toEqual([
    "0..1000 MASTER (MASTER)",
    "1000..8000 powered off (powered off)",
  ]);
  expect(spans("secondary: VRRP", { events })).toEqual(["0..8000 BACKUP (BACKUP)"]);
});

test("the address is with a node, with a stranger, or with nobody", () => {
  const events = [
    event(1_000, "cloud", { kind: "holder", holder: "primary" }),
    event(2_000, "cloud", { kind: "holder", holder: null }),
    event(3_000, "cloud", { kind: "holder", holder: "eni-foreign0" }),
  ];
  expect(spans("address in the cloud", { events })).toEqual([
    "0..1000 primary (primary)",
    "1000..2000 nobody (outage)",
    "2000..8000 eni-foreign0 (other)",
  ]);
});

test("a task lasts from its start to its end, one that does not end to the end of the run", () => {
  const task = { taskId: "1", action: "MigratePrivateIpAddress" };
  const events = [
    event(2_000, "cloud", { kind: "task", task: { ...task, status: "RUNNING" } }),
    event(2_200, "cloud", { kind: "task", task: { ...task, taskId: "2", status: "RUNNING" } }),
    event(2_500, "cloud", { kind: "task", task: { ...task, status: "FAILED" } }),
  ];
  expect(spans("tasks of the cloud", { events })).toEqual([
    "1000..1500 MigratePrivateIpAddress: FAILED (failed)",
    "1200..8000 MigratePrivateIpAddress: still RUNNING (task)",
  ]);
});

test("calls of the API are with who made them, those that were not answered OK told apart", () => {
  const call = { action: "DescribeHaVips", code: "OK", ms: 12.4 };
  const events = [
    event(2_000, "cloud", { kind: "call", call: { ...call, from: "secondary" } }),
    event(2_100, "cloud", { kind: "call", call: { ...call, from: "primary", code: "HTTP 500" } }),
    event(2_200, "cloud", { kind: "call", call: { ...call, from: "the account's owner" } }),
  ];
  const { lanes } = runTimeline(runRecord({ faultAt: 1_000, events }));
  expect(
    lanes.map(({ label, points }) => [label, ...points.map(({ at, text, tone }) => `${at} ${text} (${tone})`)]),
  ).toEqual([
    ["calls by the primary", "1100 DescribeHaVips: HTTP 500 (12 ms) (failed)"],
    ["calls by the secondary", "1000 DescribeHaVips: OK (12 ms) (ok)"],
    ["calls by the account's owner", "1200 DescribeHaVips: OK (12 ms) (ok)"],
  ]);
});

test("what monitoring shows is red or green until it changes", () => {
  const signals = [
    { at: 1_000, node: "primary", isRed: false, shows: "MASTER, agree yes" },
    { at: 1_500, node: "primary", isRed: true, shows: "no metrics" },
  ] as const;
  expect(spans("primary: monitoring", { signals })).toEqual([
    "0..500 green: MASTER, agree yes (green)",
    "500..8000 red: no metrics (red)",
  ]);
});

test("every fault and healing of a run is marked, its being well again and the closing failover", () => {
  const events = [
    event(1_000, "primary", { kind: "fault" }),
    event(2_000, "rehearsal", { kind: "note" }),
    event(3_000, "rehearsal", { kind: "healing" }),
    event(8_000, "rehearsal", { kind: "check" }),
  ];
  const { markers } = runTimeline(runRecord({ faultAt: 1_000, convergedAt: 3_400, events }));
  expect(markers.map(({ at, text }) => `${at} ${text}`)).toEqual([
    "0 fault",
    "2000 healing",
    "2400 well again",
    "7000 closing failover",
  ]);
});
