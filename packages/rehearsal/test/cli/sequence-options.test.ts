import { expect, test } from "vitest";
import { UsageError } from "../../src/cli/command.ts";
import { parseOptions } from "../../src/cli/options.ts";

const faults = (...argv: string[]) => parseOptions(argv).faults;

test("sequences are made at random from the seed, as many as are asked for", () => {
  const names = faults("--random", "3", "--seed", "7");
  expect(names).toHaveLength(3);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^random-8-\d+$/);
  expect(faults("--random", "3", "--seed", "7")).toEqual(names);
  expect(faults("--random", "3", "--seed", "8")).not.toEqual(names);
  expect(faults("--random", "1", "--steps", "2")[0]).toMatch(/^random-2-\d+$/);
});

test("a sequence is taken as it is printed", () => {
  const text = "node-crashed@primary:0-4000 api-slow@secondary:1500-6000";
  expect(faults("--sequence", text)).toEqual([text]);
});

test.each([
  ["no sequence", ["--sequence", "node-crashed"], /FAULT@NODE:FROM-TO.*got 'node-crashed'/],
  ["a fault that there is not", ["--sequence", "fire@primary:0-1"], /got 'fire'/],
  ["a fault for one mechanism with both", ["--sequence", "stray-arp@primary:0-1"], /name another --mechanism/],
  ["two choices at once", ["--random", "1", "--fault", "node-crashed"], /exclude each other/],
  ["no number", ["--random", "many"], /--random must be a whole number of at least 1, got 'many'/],
])("refuses %s", (_, argv, message) => {
  expect(() => parseOptions(argv)).toThrow(UsageError);
  expect(() => parseOptions(argv)).toThrow(message);
});
