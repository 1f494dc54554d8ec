import { describe, expect, test } from "vitest";
import { parseOptions, UsageError } from "../../src/cli/options.ts";

describe("options", () => {
  test("rehearse everything by default", () => {
    expect(parseOptions([])).toEqual({
      mechanisms: ["havip", "secondary-private-ip"],
      faults: ["stop", "kill", "crash"],
      taskMs: 200,
      arpDelayMs: 20,
      rootFilesystem: { debian: "12" },
      deploy: false,
      help: false,
    });
  });

  test("choose mechanism, faults and delays", () => {
    const argv = ["--mechanism", "havip", "--faults", "crash", "--task-ms", "0", "--arp-delay-ms=500"];
    expect(parseOptions(argv)).toMatchObject({ mechanisms: ["havip"], faults: ["crash"], taskMs: 0, arpDelayMs: 500 });
  });

  test.each([
    [["--mechanism", "vrrp"], /--mechanism must be of havip, secondary-private-ip, both, got 'vrrp'/],
    [["--faults", "stop,fire"], /--faults must be of stop, kill, crash, got 'fire'/],
    [
      ["--faults", "crash,stop"],
      /--faults must have 'crash' last, since it leaves nobody to take over, got 'crash,stop'/,
    ],
    [["--debian", "10"], /--debian must be of 11, 12, 13, got '10'/],
    [["--debian", "11", "--root-filesystem", "x"], /exclude each other, got '11' and 'x'/],
    [["--task-ms", "soon"], /--task-ms must be a number of milliseconds, got 'soon'/],
    [["--colour"], /--colour/],
  ])("refuses %j", (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
    expect(() => parseOptions(argv)).toThrow(UsageError);
  });
});
