import { describe, expect, test } from "vitest";
import { parseWireEvent } from "../../src/network/wire.ts";

describe("what tcpdump says", () => {
  test("is a gratuitous ARP where somebody asks for himself", () => {
    const line = "eni2  B   ARP, Request who-has 10.0.1.100 (ff:ff:ff:ff:ff:ff) tell 10.0.1.100, length 28";
    expect(parseWireEvent(line)).toEqual({ kind: "gratuitous ARP", port: "eni2", address: "10.0.1.100" });
  });

  test.each([0, 100])("is an advert of priority %i", (priority) => {
    const line = `eni2  In  IP 10.0.1.11 > 10.0.1.12: VRRPv2, Advertisement, vrid 51, prio ${priority}, authtype simple, intvl 1s, length 20`;
    expect(parseWireEvent(line)).toEqual({ kind: "advert", port: "eni2", priority });
  });

  test.each([
    "eni2  B   ARP, Request who-has 10.0.1.1 tell 10.0.1.11, length 28",
    "eni2  In  ARP, Reply 10.0.1.1 is-at 02:00:00:00:00:01, length 28",
    "",
  ])("is of no interest otherwise: %j", (line) => {
    expect(parseWireEvent(line)).toBeUndefined();
  });
});
