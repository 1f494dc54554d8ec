import { describe, expect, test } from "vitest";
import { decide } from "../../src/protocol/decision/index.ts";
import { broken } from "./bundle.ts";
import { SHORT_CHECKS } from "./checks.ts";
import { MUTANTS } from "./mutants.ts";
import { Schedule } from "./schedule.ts";
import type { Setup } from "./setup.ts";
import type { Job, Report } from "./worker.ts";
import { startWorker } from "./workers.ts";

/** Few enough for every run of the tests: `npm run explore -w pairctl` has all of them. */
const SCHEDULES = 300;
const CHECKED = SHORT_CHECKS.map(({ name }) => name);

describe("whatever goes wrong with a pair, it serves soon after, and nothing moves any more:", () => {
  test.each(CHECKED)("every state that it can come to: %s", async (name) => {
    await using worker = await startWorker();
    const { figures, violation } = await worker.run({ kind: "check", name });
    expect(violation).toBeUndefined();
    expect(figures.length).toBeGreaterThan(1);
  });

  test("only the first steps, where somebody does not want to wait for all: the figures say so", async () => {
    await using worker = await startWorker();
    const { figures, violation } = await worker.run({ kind: "check", name: "three disturbances", depth: 3 });
    expect(violation).toBeUndefined();
    expect(figures[0]?.figure).toMatch(/^\d+ in the first 3 steps, not to the end, /);
  });

  test.each(["schedules", "crashes"] as const)("%s drawn at random, in simulated time", async (kind) => {
    await using worker = await startWorker();
    const { violation, worst } = await worker.run({ kind, from: 1, count: SCHEDULES });
    expect(violation).toBeUndefined();
    expect(worst?.ms).toBeGreaterThan(0);
  });
});

describe("what the exploration takes for one state changes no verdict:", () => {
  const NAME = "one disturbance, the most telling endings";
  /** Few enough to explore without it. */
  const disturbances = ["notification", "failing task", "adverts cut"] as const;
  const reductions: readonly [string, Partial<Setup>][] = [
    ["what nobody reads again, and the order of the cloud's tasks", { isCanonical: false }],
    ["what the stronger node remembers of its mastership", { isLean: false }],
  ];
  /** Who serves when, or what does not hold, without how many states it took. */
  const verdict = ({ figures, violation }: Report) => [
    ...figures.slice(1).map(({ figure, what }) => `${what}: ${figure.replace(/, \d+ states.*/, "")}`),
    violation?.split("\n", 1)[0],
  ];
  const states = ({ figures }: Report) => Number(figures[0]?.figure.split(" ", 1)[0]);

  test.each(reductions)("%s", async (_, setup) => {
    for (const rule of [undefined, "attempts are not counted"]) {
      await using worker = await startWorker(MUTANTS.find((mutant) => mutant.rule === rule));
      const reduced = await worker.run({ kind: "check", name: NAME, setup: { disturbances } });
      const whole = await worker.run({ kind: "check", name: NAME, setup: { disturbances, ...setup } });
      expect(states(whole)).toBeGreaterThan(states(reduced));
      expect(verdict(whole)).toEqual(verdict(reduced));
      expect(whole.violation === undefined).toBe(rule === undefined);
    }
  });
});

describe("the model notices a broken rule:", () => {
  test.each(MUTANTS)("$rule", async (mutant) => {
    await using worker = await startWorker(mutant);
    const { by } = mutant;
    const job: Job =
      by === "schedules" || by === "crashes" ? { kind: by, from: 1, count: SCHEDULES } : { kind: "check", name: by };
    const { violation } = await worker.run(job);
    expect(violation).toMatch(/: /);
  });

  test("each of them can be broken, for the deep exploration", () => {
    expect(MUTANTS.map(broken)).toHaveLength(new Set(MUTANTS.map(({ rule }) => rule)).size);
  });

  test("refuses to break a rule whose text is not there", () => {
    const mutant = {
      rule: "some rule",
      file: "times.ts",
      text: "no such text",
      instead: "",
      by: "some check",
    } as const;
    expect(() => broken(mutant)).toThrow("'some rule' replaces what is not there exactly once: no such text");
  });
});

test("a seed tells the same story again", () => {
  const story = (seed: number) => new Schedule(seed, decide, true).run();
  expect(story(7)).toEqual(story(7));
  expect(story(7).story).not.toEqual(story(8).story);
});
