import { describe, expect, test } from "vitest";
import { decide } from "../../src/protocol/decision/index.ts";
import { broken } from "./bundle.ts";
import { SHORT_CHECKS } from "./checks.ts";
import { MUTANTS } from "./mutants.ts";
import { Schedule } from "./schedule.ts";
import { catcher, ModelWorker } from "./workers.ts";

/** Few enough for every run of the tests: `npm run explore -w pairctl` has all of them. */
const SCHEDULES = 300;
const CHECKED = SHORT_CHECKS.map(({ name }) => name);

describe("whatever goes wrong with a pair, it serves soon after, and nothing moves any more:", () => {
  test.each(CHECKED)("every state that it can come to: %s", async (name) => {
    await using worker = await ModelWorker.start();
    const { figures, violation } = await worker.run({ kind: "check", name });
    expect(violation).toBeUndefined();
    expect(figures.length).toBeGreaterThan(3);
  });

  test("only the first steps, where somebody does not want to wait for all: the figures say so", async () => {
    await using worker = await ModelWorker.start();
    const { figures, violation } = await worker.run({ kind: "check", name: "three disturbances", depth: 3 });
    expect(violation).toBeUndefined();
    expect(figures[0]?.figure).toMatch(/^\d+ in the first 3 steps, not to the end, /);
  });

  test("schedules drawn at random, in simulated time", async () => {
    await using worker = await ModelWorker.start();
    const { violation, worst } = await worker.run({ kind: "schedules", from: 1, count: SCHEDULES });
    expect(violation).toBeUndefined();
    expect(worst?.ms).toBeGreaterThan(0);
  });
});

describe("the model notices a broken rule:", () => {
  const some = [
    "a foreign holder is robbed",
    "a promotion without a word is no reason to take",
    "nobody yields",
    "a MASTER leaves an address that no node has",
  ];

  test.each(MUTANTS.filter(({ rule }) => some.includes(rule)))("$rule", async (mutant) => {
    expect(await catcher(mutant, CHECKED, SCHEDULES)).toMatch(/: /);
  });

  test("each of them can be broken, for the deep exploration", () => {
    expect(MUTANTS.map(broken)).toHaveLength(new Set(MUTANTS.map(({ rule }) => rule)).size);
  });

  test("refuses to break a rule whose text is not there", () => {
    const mutant = { rule: "some rule", file: "times.ts", text: "no such text", instead: "" } as const;
    expect(() => broken(mutant)).toThrow("'some rule' replaces what is not there exactly once: no such text");
  });
});

test("a seed tells the same story again", () => {
  const story = (seed: number) => new Schedule(seed, decide, true).run();
  expect(story(7)).toEqual(story(7));
  expect(story(7).story).not.toEqual(story(8).story);
});
