import { describe, expect, test } from "vitest";
import type { SignalChange } from "../../src/audit/signals.ts";
import { SIGNAL_LAG_MS, untrueSignals } from "../../src/audit/truth-of-signals.ts";
import type { ServedSpan, Via } from "../../src/report/run-record.ts";

const served = (from: number, to: number, node = "primary", via: Via = "VIP"): ServedSpan => ({ via, node, from, to });
const signal = (at: number, node: SignalChange["node"], change: Partial<SignalChange> = {}): SignalChange => ({
  at,
  node,
  isRed: false,
  isMaster: false,
  shows: "",
  ...change,
});
const green = [signal(0, "primary", { isMaster: true }), signal(0, "secondary")];
/** One second before, and one after a signal is late. */
const [SOON, LATE, END] = [SIGNAL_LAG_MS - 1_000, SIGNAL_LAG_MS + 1_000, 3 * SIGNAL_LAG_MS];
const untrue = (spans: readonly ServedSpan[], changes: readonly SignalChange[], ways: readonly Via[] = ["VIP"]) =>
  untrueSignals(spans, ways, changes, { from: 0, to: END });

describe("while nobody serves", () => {
  test("signals may be green for a while", () => {
    expect(untrue([served(0, 100), served(SOON, END)], green)).toEqual([]);
  });

  test("they are untrue where all stay green", () => {
    expect(untrue([served(0, 100)], green)).toEqual([
      `nobody served through the VIP, and no signal was red, from +${SIGNAL_LAG_MS + 100} to +${END} ms`,
    ]);
  });

  test("one that is red, on either node, is true", () => {
    expect(untrue([served(0, 100)], [...green, signal(SOON, "secondary", { isRed: true })])).toEqual([]);
  });

  test("they are untrue from the moment on when the red one turns green too early", () => {
    const changes = [...green, signal(SOON, "secondary", { isRed: true }), signal(LATE, "secondary")];
    expect(untrue([served(0, 100)], changes)).toEqual([
      `nobody served through the VIP, and no signal was red, from +${LATE} to +${END} ms`,
    ]);
  });

  test("through the EIP, that is so as well, also where it leads to the wrong node", () => {
    const spans = [served(0, END), served(0, END, "secondary", "EIP")];
    expect(untrue(spans, green, ["VIP", "EIP"])).toEqual([
      `nobody served through the EIP, and no signal was red, from +${SIGNAL_LAG_MS} to +${END} ms`,
    ]);
  });
});

describe("while somebody serves", () => {
  const noMaster = [signal(0, "primary"), signal(0, "secondary")];

  test("a node is MASTER by the signals", () => {
    expect(untrue([served(0, END)], green)).toEqual([]);
  });

  test("it may be said late", () => {
    expect(untrue([served(0, END)], [...noMaster, signal(SOON, "secondary", { isMaster: true })])).toEqual([]);
  });

  test("it may be said as late again after the service has moved", () => {
    const spans = [served(0, LATE), served(LATE + 500, END, "secondary")];
    const changes = [...green, signal(LATE, "primary"), signal(LATE + SOON, "secondary", { isMaster: true })];
    expect(untrue(spans, changes)).toEqual([]);
    expect(untrue([served(0, END)], changes)).toEqual([
      `somebody served, and none was MASTER by the signals, from +${LATE} to +${LATE + SOON} ms`,
    ]);
  });

  test("signals are untrue where none is MASTER, however often the service moves", () => {
    const spans = [served(0, SOON), served(SOON + 200, END, "secondary")];
    expect(untrue(spans, noMaster)).toEqual([
      `somebody served, and none was MASTER by the signals, from +${SIGNAL_LAG_MS} to +${END} ms`,
    ]);
  });
});
