import { describe, expect, test } from "vitest";
import { parseReceipts, parseStateChanges } from "../../src/nodes/node-log.ts";

describe("what a node logs", () => {
  test("are the changes of state, with their times", () => {
    const log =
      "2026-11-23T03:33:32,123456789+00:00 BACKUP\nhalf a li\n2026-11-23T05:33:36,000999999+02:00 MASTER_RX_LOWER_PRI\n";
    expect(parseStateChanges(log)).toEqual([
      { at: Date.UTC(2026, 10, 23, 3, 33, 32, 123), state: "BACKUP" },
      { at: Date.UTC(2026, 10, 23, 3, 33, 36, 0), state: "MASTER_RX_LOWER_PRI" },
    ]);
  });

  test("are pairctl's receipts, among systemd's own lines", () => {
    const receipt = { time: "2026-11-23T03:33:32.000Z", trigger: "timer", verdict: "idle", ms: 2 };
    expect(parseReceipts(`Starting pairctl...\n${JSON.stringify(receipt)}\nFinished.\n`)).toEqual([receipt]);
  });
});
