import { expect, test } from "vitest";
import { parseTrialOptions } from "../../src/assumptions/options.ts";
import { named } from "../../src/assumptions/trials.ts";

const names = (...argv: string[]) =>
  parseTrialOptions(argv).trials.map((trial) => `${trial.mechanism} ${named(trial)}`);

test("all readings are tried where nothing else is asked for, with both mechanisms", () => {
  expect(names().length).toBeGreaterThan(20);
  expect(parseTrialOptions([])).toMatchObject({ fault: "keepalived-stopped", labs: 1, seed: 1, json: undefined });
});

test("an assumption by its name is all of its readings, and with a reading that alone", () => {
  expect(names("--assume", "eip-of-migrated-address")).toEqual([
    "secondary-private-ip eip-of-migrated-address=stays",
    "secondary-private-ip eip-of-migrated-address=unbound",
  ]);
  expect(names("--assume", "internal-endpoint=absent,task-result", "--mechanism", "havip")).toEqual([
    "havip internal-endpoint=absent",
  ]);
});

test("so many combinations are drawn from the seed", () => {
  expect(names("--combinations", "5", "--seed", "3")).toHaveLength(5);
  expect(names("--combinations", "5", "--seed", "3")).toEqual(names("--combinations", "5", "--seed", "3"));
});

test.each([
  [["--assume", "weather"], /--assume must be one of migration-from-free-eni, .*, got 'weather'/],
  [["--assume", "task-result=never"], /the assumption task-result must be one of at-once, after-1-s, got 'never'/],
  [["--assume", "task-result", "--mechanism", "havip"], /must concern the mechanism, got 'task-result' with 'havip'/],
  [["--fast", "--assume", "task-result"], /--fast and --assume exclude each other/],
  [["--mechanism", "dns"], /--mechanism must be one of havip, secondary-private-ip, both, got 'dns'/],
  [["--combinations", "none"], /--combinations must be a whole number of at least 1, got 'none'/],
  [["--labs", "1000"], /--labs must be at most \d+, one for each core of this machine, got '1000'/],
  [["--fault", "earthquake"], /--fault must be one of .*, got 'earthquake'/],
])("refuses %j", (argv, message) => {
  expect(() => parseTrialOptions(argv)).toThrow(message);
});
