import { describe, expect, test } from "vitest";
import type { Host } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { lookAtVrrp, parseNotification, promotionOf } from "../../src/protocol/vrrp.ts";

const NOW = Date.parse("2026-01-31T03:00:30Z");
/** What Linux shows of a keepalived that listens, and of a ping. */
const RAW_HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const LISTENS = `${RAW_HEADER} 178: 0B01000A:0070 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1\n`;
/** The same of what hears the peer's adverts for the agent. */
const HEARS = LISTENS.replace("00000000:0000", "0C01000A:0000");
const PINGS = `${RAW_HEADER}   1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1\n`;

/** What keepalived is on a node. */
function stateOn({ runs = true, vip = false, notified = "", raw = LISTENS as string | undefined }): string {
  const files: Record<string, string | undefined> = { "/run/pairctl.notification": notified, "/proc/net/raw": raw };
  const host: Host = {
    ...nodeHost(),
    now: () => NOW,
    readFile: (path) => files[path],
    isRunning: (name) => runs && name === "keepalived",
    hasAddress: (address) => vip && address === "10.0.1.100",
  };
  return lookAtVrrp(host, "10.0.1.100").state;
}

describe("keepalived is", () => {
  test.each([
    [
      "MASTER where it runs and has the VIP, whatever came last",
      { vip: true, notified: "BACKUP 2026-01-31T03:00:00,5Z" },
      "MASTER",
    ],
    ["BACKUP where it runs without the VIP", { notified: "MASTER 2026-01-31T03:00:00,5Z" }, "BACKUP"],
    ["BACKUP where nothing was ever notified", {}, "BACKUP"],
    ["FAULT where it said so last", { notified: "FAULT 2026-01-31T03:00:00,5Z" }, "FAULT"],
    ["FAULT where it runs and does not listen, as one without an instance", { raw: PINGS }, "FAULT"],
    ["FAULT where it does not listen any more, and left the VIP behind", { raw: RAW_HEADER, vip: true }, "FAULT"],
    ["FAULT where it does not listen, and only the agent hears the peer's adverts", { raw: HEARS }, "FAULT"],
    ["what the rest says, where it cannot be seen whether it listens", { raw: undefined, vip: true }, "MASTER"],
    ["STOP where it has just said so", { notified: "STOP 2026-01-31T03:00:25,5Z" }, "STOP"],
    [
      "STOP where it has just said so, and has ceased to listen before it ends",
      { raw: RAW_HEADER, notified: "STOP 2026-01-31T03:00:25,5Z" },
      "STOP",
    ],
    ["BACKUP where the STOP was that of a keepalived before it", { notified: "STOP 2026-01-31T03:00:00,5Z" }, "BACKUP"],
    ["STOP where it was stopped", { runs: false, notified: "STOP 2026-01-31T01:00:00,5Z" }, "STOP"],
    [
      "DEAD where it was killed, though the VIP is still there",
      { runs: false, vip: true, notified: "MASTER 1" },
      "DEAD",
    ],
    ["DEAD where it never ran", { runs: false }, "DEAD"],
  ])("%s", (_, node, expected) => {
    expect(stateOn(node)).toBe(expected);
  });
});

describe("a notification", () => {
  test("has a state and a time, as date -Ins writes it", () => {
    const line = "MASTER 2026-01-31T03:00:00,123456789+08:00 42";
    expect(parseNotification(`${line}\n`)).toEqual({
      state: "MASTER",
      time: Date.parse("2026-01-30T19:00:00.123Z"),
      line,
    });
  });

  test.each(["", "\n", "MASTERFUL 2026-01-31T03:00:00,5+08:00", "\0\0\0"])("is none where the file says %j", (text) => {
    expect(parseNotification(text)).toMatchObject({ state: "" });
  });

  test.each([
    ["MASTER 1", "MASTER 1"],
    ["MASTER_RX_LOWER_PRI 2", "MASTER_RX_LOWER_PRI 2"],
    ["BACKUP 3", undefined],
    ["", undefined],
  ])("%j promotes as %j", (text, expected) => {
    expect(promotionOf(parseNotification(text))).toBe(expected);
  });
});
