import { describe, expect, test } from "vitest";
import { parseGratuitousArp } from "../src/gratuitous-arp.ts";
import { parseOptions, UsageError } from "../src/options.ts";
import { ensurePrerequisites, type Machine, PrerequisitesError } from "../src/prerequisites.ts";
import { Timeline } from "../src/timeline.ts";

describe("options", () => {
  test("rehearse everything by default", () => {
    expect(parseOptions([])).toEqual({
      mechanisms: ["havip", "secondary-private-ip"],
      faults: ["stop", "kill", "crash"],
      taskMs: 200,
      arpDelayMs: 20,
    });
  });

  test("choose mechanism, faults and delays", () => {
    const argv = ["--mechanism", "havip", "--faults", "crash", "--task-ms", "0", "--arp-delay-ms=500"];
    expect(parseOptions(argv)).toEqual({ mechanisms: ["havip"], faults: ["crash"], taskMs: 0, arpDelayMs: 500 });
  });

  test.each([
    [["--mechanism", "vrrp"], /--mechanism must be of havip, secondary-private-ip, both, got 'vrrp'/],
    [["--faults", "stop,fire"], /--faults must be of stop, kill, crash, got 'fire'/],
    [["--task-ms", "soon"], /--task-ms must be a number of milliseconds, got 'soon'/],
    [["--colour"], /--colour/],
  ])("refuses %j", (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
    expect(() => parseOptions(argv)).toThrow(UsageError);
  });
});

describe("prerequisites", () => {
  /** A machine that has every command but some; installing brings them unless it fails. */
  function machine(missing: string[], change: Partial<Machine> = {}) {
    const said: string[] = [];
    const installed: string[] = [];
    const result: Machine = {
      isRoot: true,
      has: (command) => !missing.includes(command),
      install: (packages) => {
        installed.push(...packages);
        missing.length = 0;
      },
      say: (line) => said.push(line),
      ...change,
    };
    return { result, said, installed };
  }

  test("say nothing where nothing is missing", () => {
    const { result, said, installed } = machine([]);
    ensurePrerequisites(result);
    expect([said, installed]).toEqual([[], []]);
  });

  test("install what is missing, saying what", () => {
    const { result, said, installed } = machine(["systemd-nspawn", "nft"]);
    ensurePrerequisites(result);
    expect(installed).toEqual(["systemd-container", "nftables"]);
    expect(said).toEqual(["installing Debian packages: systemd-container nftables"]);
  });

  test.each<[string, Partial<Machine>]>([
    ["without root", { isRoot: false }],
    ["where apt did not help", { install: () => {} }],
  ])("refuse with the exact commands %s", (_, change) => {
    const { result } = machine(["ip", "nft"], change);
    expect(() => ensurePrerequisites(result)).toThrow(PrerequisitesError);
    expect(() => ensurePrerequisites(result)).toThrow(
      /missing: ip, nft\..*\n {2}apt-get install iproute2 nftables\n {2}dnf install iproute nftables$/,
    );
  });

  test("refuse without apt", () => {
    const { result, installed } = machine(["apt-get", "ip"]);
    expect(() => ensurePrerequisites(result)).toThrow(/dnf install iproute/);
    expect(installed).toEqual([]);
  });

  test("refuse to start without root even where nothing is missing", () => {
    expect(() => ensurePrerequisites(machine([], { isRoot: false }).result)).toThrow(
      /must run as root: sudo npm start/,
    );
  });
});

test("parseGratuitousArp finds the port and the address, and nothing in an ordinary request", () => {
  expect(
    parseGratuitousArp("eni2  B   ARP, Request who-has 10.0.1.100 (ff:ff:ff:ff:ff:ff) tell 10.0.1.100, length 28"),
  ).toEqual({
    port: "eni2",
    address: "10.0.1.100",
  });
  expect(parseGratuitousArp("eni2  B   ARP, Request who-has 10.0.1.1 tell 10.0.1.11, length 28")).toBeUndefined();
  expect(parseGratuitousArp("eni2  In  ARP, Reply 10.0.1.1 is-at 02:00:00:00:00:01, length 28")).toBeUndefined();
});

test("a timeline is in order, in ms from the fault", () => {
  const timeline = new Timeline();
  timeline.note("client", "late", 2500);
  timeline.note("cloud", "early", 990);
  timeline.note("node", "out of sight", 10);
  expect(timeline.render(1000, 900, 3000)).toEqual(["     -10 ms  cloud      early", "   +1500 ms  client     late"]);
});
