import { describe, expect, test } from "vitest";
import { parseOptions, parseSources } from "../src/apt-settings.ts";
import { parseReceipts, parseStateChanges } from "../src/node-log.ts";
import { parseWireEvent } from "../src/wire.ts";

describe("what tcpdump says", () => {
  test("is a gratuitous ARP where somebody asks for himself", () => {
    const line = "eni2  B   ARP, Request who-has 10.0.1.100 (ff:ff:ff:ff:ff:ff) tell 10.0.1.100, length 28";
    expect(parseWireEvent(line)).toEqual({ kind: "gratuitous ARP", port: "eni2", address: "10.0.1.100" });
  });

  test("is a resignation where an advert has priority 0", () => {
    const advert = (priority: number) =>
      `eni2  In  IP 10.0.1.11 > 10.0.1.12: VRRPv2, Advertisement, vrid 51, prio ${priority}, authtype simple, intvl 1s, length 20`;
    expect(parseWireEvent(advert(0))).toEqual({ kind: "resignation", port: "eni2" });
    expect(parseWireEvent(advert(100))).toBeUndefined();
  });

  test.each([
    "eni2  B   ARP, Request who-has 10.0.1.1 tell 10.0.1.11, length 28",
    "eni2  In  ARP, Reply 10.0.1.1 is-at 02:00:00:00:00:01, length 28",
    "",
  ])("is of no interest otherwise: %j", (line) => {
    expect(parseWireEvent(line)).toBeUndefined();
  });
});

describe("what a node logs", () => {
  test("are the changes of state, with their times", () => {
    const log =
      "2026-11-23T03:33:32,123456789+00:00 BACKUP\nhalf a li\n2026-11-23T05:33:36,000999999+02:00 MASTER_RX_LOWER_PRI\n";
    expect(parseStateChanges(log)).toEqual([
      { at: Date.UTC(2026, 10, 23, 3, 33, 32, 123), state: "BACKUP" },
      { at: Date.UTC(2026, 10, 23, 3, 33, 36, 0), state: "MASTER_RX_LOWER_PRI" },
    ]);
  });

  test("are the hook's receipts, among systemd's own lines", () => {
    const receipt = { time: "2026-11-23T03:33:32.000Z", trigger: "timer", verdict: "idle", ms: 2 };
    expect(parseReceipts(`Starting Migration hook...\n${JSON.stringify(receipt)}\nFinished.\n`)).toEqual([receipt]);
  });
});

describe("what this machine's apt is set up with", () => {
  const debian = [
    "http://mirror.example/debian/ bookworm main Debian bookworm",
    "http://mirror.example/debian/ bookworm contrib Debian bookworm",
    "http://mirror.example/debian/ stable-updates main Debian bookworm-updates",
    "http://mirror.example/security/ bookworm-security main Debian bookworm-security",
    "http://mirror.example/debian/ bookworm-backports main Debian bookworm-backports",
    "http://other.example/ bookworm main Somebody bookworm",
  ];

  test("are the sources of the suite, under the names that it uses", () => {
    expect(parseSources(debian.join("\n"), "bookworm")).toEqual([
      "deb http://mirror.example/debian/ bookworm main",
      "deb http://mirror.example/debian/ stable-updates main",
      "deb http://mirror.example/security/ bookworm-security main",
    ]);
  });

  test("are no sources where the suite itself is not among them", () => {
    expect(parseSources(debian.join("\n"), "trixie")).toEqual([]);
    expect(parseSources(debian.slice(2).join("\n"), "bookworm")).toEqual([]);
    expect(parseSources("", "bookworm")).toEqual([]);
  });

  test("are the options that have a value", () => {
    const dump =
      'Acquire::http "";\nAcquire::http::Proxy "http://127.0.0.1:3142";\nAcquire::https::Verify-Peer "true";\n';
    expect(parseOptions(dump)).toEqual([
      'Acquire::http::Proxy "http://127.0.0.1:3142";',
      'Acquire::https::Verify-Peer "true";',
    ]);
  });
});
