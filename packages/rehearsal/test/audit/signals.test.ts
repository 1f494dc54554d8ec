import { describe, expect, test } from "vitest";
import { greenWhileNobodyServes, judgeSignal, parseMetrics } from "../../src/audit/signals.ts";
import type { SignalRecord } from "../../src/report/run-record.ts";

describe("metrics", () => {
  test("are read with the worst of all addresses", () => {
    const text =
      'pairctl_agree{vip="10.0.1.100"} 1\npairctl_agree{vip="10.0.1.101"} 0\npairctl_status{vip="10.0.1.100"} 1\npairctl_status{vip="10.0.1.101"} 0\n';
    expect(Object.fromEntries(parseMetrics(text))).toEqual({ pairctl_agree: 0, pairctl_status: 1 });
  });

  const metrics = (agree: number, status: number, ageMs = 0) => ({
    values: new Map([
      ["pairctl_agree", agree],
      ["pairctl_status", status],
    ]),
    ageMs,
  });

  test.each([
    ["green where all agree", true, metrics(1, 0), false],
    ["red where VRRP and the cloud do not agree", true, metrics(0, 0), true],
    ["red where a run has failed", true, metrics(1, 1), true],
    ["red where they are old", true, metrics(1, 0, 61_000), true],
    ["red where there are none", true, undefined, true],
    ["red where they lack what is asked", true, { values: new Map(), ageMs: 0 }, true],
    ["red where the node is down", false, metrics(1, 0), true],
  ])("are %s", (_, isUp, seen, isRed) => {
    expect(judgeSignal(isUp, seen).isRed).toBe(isRed);
  });
});

describe("a signal while nobody serves", () => {
  const served = (from: number, to: number) => ({ via: "VIP", node: "primary", from, to }) as const;
  const signal = (at: number, node: SignalRecord["node"], isRed: boolean): SignalRecord => ({
    at,
    node,
    isRed,
    shows: "",
  });
  const green = [signal(0, "primary", false), signal(0, "secondary", false)];

  test("may be green for a while", () => {
    expect(greenWhileNobodyServes([served(0, 100), served(150, 200)], green, 0, 200, 50)).toEqual([]);
  });

  test("is missed where all stay green", () => {
    expect(greenWhileNobodyServes([served(0, 100)], green, 0, 300, 50)).toEqual([{ from: 150, to: 300 }]);
  });

  test("is seen on either node", () => {
    const signals = [...green, signal(120, "secondary", true)];
    expect(greenWhileNobodyServes([served(0, 100)], signals, 0, 300, 50)).toEqual([]);
  });

  test("is missed from the moment on when it turns green too early", () => {
    const signals = [...green, signal(120, "secondary", true), signal(250, "secondary", false)];
    expect(greenWhileNobodyServes([served(0, 100)], signals, 0, 300, 50)).toEqual([{ from: 250, to: 300 }]);
  });
});
