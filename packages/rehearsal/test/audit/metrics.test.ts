import { expect, test } from "vitest";
import { judgeSignal, type Metrics, parseMetrics } from "../../src/audit/metrics.ts";

test("metrics are read with the worst of all addresses, and with the state that is 1", () => {
  const text = [
    'pairctl_agree{vip="10.0.1.100"} 1',
    'pairctl_agree{vip="10.0.1.101"} 0',
    'pairctl_status{vip="10.0.1.100"} 1',
    'pairctl_status{vip="10.0.1.101"} 0',
    'pairctl_state{vip="10.0.1.100",state="MASTER"} 0',
    'pairctl_state{vip="10.0.1.100",state="BACKUP"} 1',
    "",
  ].join("\n");
  const { values, states, ageMs } = parseMetrics(text, 7);
  expect(Object.fromEntries(values)).toEqual({ pairctl_agree: 0, pairctl_status: 1 });
  expect(states).toEqual(["BACKUP"]);
  expect(ageMs).toBe(7);
});

const metrics = (agree: number, status: number, ageMs = 0): Metrics => ({
  values: new Map([
    ["pairctl_agree", agree],
    ["pairctl_status", status],
  ]),
  states: ["MASTER"],
  ageMs,
});

test.each<[string, boolean, Metrics | undefined, boolean]>([
  ["green where all agree", true, metrics(1, 0), false],
  ["red where VRRP and the cloud do not agree", true, metrics(0, 0), true],
  ["red where a run has failed", true, metrics(1, 1), true],
  ["red where they are old", true, metrics(1, 0, 61_000), true],
  ["red where there are none", true, undefined, true],
  ["red where they lack what is asked", true, { values: new Map(), states: [], ageMs: 0 }, true],
  ["red where the node is down", false, metrics(1, 0), true],
])("signals are %s", (_, isUp, seen, isRed) => {
  expect(judgeSignal(isUp, seen).isRed).toBe(isRed);
});

test.each<[string, boolean, Metrics | undefined, boolean]>([
  ["is MASTER where its metrics say so", true, metrics(0, 1), true],
  ["is not where they are old", true, metrics(1, 0, 61_000), false],
  ["is not where it is down", false, metrics(1, 0), false],
])("a node %s", (_, isUp, seen, isMaster) => {
  expect(judgeSignal(isUp, seen).isMaster).toBe(isMaster);
});
