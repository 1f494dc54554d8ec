import { availableParallelism } from "node:os";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/cli/command.ts";
import { FAULT_CHOICES } from "../../src/cli/fault-choices.ts";
import { parseOptions } from "../../src/cli/options.ts";
import { FAULTS } from "../../src/faults/index.ts";

describe("options", () => {
  test("rehearse every fault once with both mechanisms on Debian 12 by default", () => {
    expect(parseOptions([])).toEqual({
      mechanisms: ["havip", "secondary-private-ip"],
      faults: FAULTS.map(({ name }) => name),
      runs: 1,
      seed: 1,
      shrinkTries: 12,
      stableMs: 15_000,
      taskMs: 200,
      arpDelayMs: 20,
      labs: 1,
      assumptions: {},
      rootFilesystem: { debian: "12" },
      packages: [],
      deploy: false,
      json: undefined,
      summary: undefined,
      resume: false,
      report: undefined,
      junit: undefined,
      reportFrom: undefined,
      keep: false,
      noProgress: false,
      list: false,
      listAssumptions: false,
      help: false,
    });
  });

  test("rehearse a few faults, with a short look after each, where it is to be short", () => {
    expect(parseOptions(["short"])).toMatchObject({ faults: FAULT_CHOICES.short.faults, stableMs: 2_000 });
    expect(parseOptions(["short", "--fault", "cable-pulled"])).toMatchObject({ stableMs: 2_000 });
  });

  test("take a choice of several faults in place of a name, with the look that it says, each fault once", () => {
    expect(parseOptions(["all", "--fault", "ci"])).toMatchObject({ faults: FAULT_CHOICES.ci.faults, stableMs: 2_000 });
    const both = parseOptions(["all", "--fault", "cable-flapping,ci,keepalived-stopped"]);
    expect(both.faults).toEqual(["cable-flapping", ...FAULT_CHOICES.ci.faults]);
    expect(parseOptions(["short", "--fault", "ci,all"])).toMatchObject({ stableMs: 15_000 });
    expect(parseOptions(["all", "--fault", "ci", "--stable-s", "5"])).toMatchObject({ stableMs: 5_000 });
  });

  test("take a group of faults in place of their names, with the look of what is rehearsed", () => {
    const { faults, stableMs } = parseOptions(["all", "--fault", "cloud API,hands,api-slow"]);
    const inGroups = FAULTS.filter(({ group }) => group === "cloud API" || group === "hands");
    expect(faults).toEqual(inGroups.map(({ name }) => name));
    expect(faults).toEqual(expect.arrayContaining(["api-slow", "stray-arp"]));
    expect(stableMs).toBe(15_000);
  });

  test("take a fault of the user's own, alone or beside others", () => {
    const own = ["--break", "systemctl stop nginx", "--mend", "systemctl start nginx"];
    const name = "broken by 'systemctl stop nginx', mended by 'systemctl start nginx'";
    expect(parseOptions(["all", ...own])).toMatchObject({ faults: [name] });
    expect(parseOptions([...own, "--fault", "cable-pulled"])).toMatchObject({ faults: ["cable-pulled", name] });
  });

  test("refuse a fault of the user's own that is not mended, or does nothing", () => {
    expect(() => parseOptions(["--break", "systemctl stop nginx"])).toThrow("--break and --mend go together");
    expect(() => parseOptions(["--break", "true", "--mend", " "])).toThrow("--mend must be a line of shell, got ' '");
  });

  test("print lines only, also on a terminal, where no live view is wanted", () => {
    expect(parseOptions(["--no-progress"])).toMatchObject({ noProgress: true });
  });

  test("choose mechanism, faults, runs, seed and delays", () => {
    const argv = ["--mechanism", "havip", "--fault", "vip-deleted,cable-pulled", "--fault", "node-crashed"];
    expect(parseOptions([...argv, "--runs", "5", "--seed", "7", "--task-ms", "0", "--arp-delay-ms=500"])).toMatchObject(
      {
        mechanisms: ["havip"],
        faults: ["vip-deleted", "cable-pulled", "node-crashed"],
        runs: 5,
        seed: 7,
        taskMs: 0,
        arpDelayMs: 500,
      },
    );
  });

  test("choose readings of what no document settles, by name where there is but one other", () => {
    const argv = [
      "--assume",
      "eip-of-migrated-address=stays,migration-from-free-eni",
      "--assume",
      "task-result=after-1-s",
    ];
    expect(parseOptions(argv).assumptions).toEqual({
      "eip-of-migrated-address": "stays",
      "migration-from-free-eni": "refused",
      "task-result": "after-1-s",
    });
  });

  test("allow a lab for each core", () => {
    const most = availableParallelism();
    expect(parseOptions(["--labs", String(most)]).labs).toBe(most);
    const message = `--labs must be at most ${most}, one for each core of this machine, got '${most + 1}'`;
    expect(() => parseOptions(["--labs", String(most + 1)])).toThrow(message);
  });

  test.each([
    [["--labs", "0"], /--labs must be a whole number of at least 1, got '0'/],
    [["--report-from", "x.json"], /--report-from needs --report FILE/],
    [["--resume"], /--resume needs --json FILE/],
    [["--assume", "weather"], /--assume: an assumption must be one of .*gratuitous-arp.*, got 'weather'/],
    [["--assume", "eip-of-migrated-address"], /must be one of follows, stays, unbound, got ''/],
    [["--assume", "task-result=never"], /must be one of at-once, after-1-s, got 'never'/],
    [["--mechanism", "vrrp"], /--mechanism must be one of havip, secondary-private-ip, both, got 'vrrp'/],
    [["--fault", "keepalived-stopped,fire"], /--fault must be one of .*, got 'fire'/],
    [["--debian", "10"], /--debian must be one of 11, 12, 13, got '10'/],
    [["--debian", "11", "--root-filesystem", "x"], /exclude each other, got '11' and 'x'/],
    [["--task-ms", "soon"], /--task-ms must be a whole number of at least 0, got 'soon'/],
    [["--runs", "0"], /--runs must be a whole number of at least 1, got '0'/],
    [["long"], /what is rehearsed must be one of short, ci, all, got 'long'/],
    [["--colour"], /--colour/],
  ])("refuses %j", (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
    expect(() => parseOptions(argv)).toThrow(UsageError);
  });
});

describe("a pair of a program of one's own", () => {
  test("is named by its stack, its name and the range of its subnet", () => {
    const argv = ["all", "--stack", "cdktf.out", "--pair", "web", "--subnet-cidr", "10.0.1.0/24"];
    expect(parseOptions(argv).stack).toEqual({ path: "cdktf.out", pair: "web", subnetCidr: "10.0.1.0/24" });
    expect(parseOptions(["all", "--stack", "x"]).stack).toEqual({ path: "x" });
  });

  test("may have more packages", () => {
    const argv = ["all", "--packages", "nginx,jq=1.6-2.1", "--packages", "g++"];
    expect(parseOptions(argv).packages).toEqual(["nginx", "jq=1.6-2.1", "g++"]);
  });

  test.each([
    [["--pair", "web"], /--pair goes with --stack FOLDER, got 'web' without it/],
    [["--subnet-cidr", "10.0.1.0/24"], /--subnet-cidr goes with --stack FOLDER/],
    [["--stack", "x", "--deploy"], /--deploy deploys the pair of the settings, and does not go with --stack, got 'x'/],
    [["--packages", "-y"], /'--packages' argument is ambiguous|--packages must be names/],
    [["--packages", "nginx;reboot"], /--packages must be names of packages, such as .*, got 'nginx;reboot'/],
  ])("refuses %j", (argv, message) => expect(() => parseOptions(["all", ...argv])).toThrow(message));
});
