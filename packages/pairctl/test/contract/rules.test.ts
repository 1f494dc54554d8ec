import { describe, expect, test } from "vitest";
import {
  address,
  flag,
  integer,
  number,
  type Rule,
  text,
  violation,
  violations,
  type WithEveryKey,
  type Written,
} from "../../src/contract/rules.ts";

const ROWS = { name: text, note: { ...text, optional: true }, isLoud: { ...flag, default: false } } as const;
type Settings = Written<typeof ROWS>;

test("an object whose every key must be written does not compile without an optional one", () => {
  const written: Settings = { name: "web" };
  const complete: WithEveryKey<Settings> = { name: "web", note: undefined, isLoud: undefined };
  // @ts-expect-error 'note' is forgotten
  const forgotten: WithEveryKey<Settings> = { name: "web", isLoud: undefined };
  for (const each of [complete, forgotten]) expect(JSON.stringify(each)).toBe(JSON.stringify(written));
  expect(violations(ROWS, complete)).toEqual([]);
});

describe("a value that its rule refuses is told what it must be:", () => {
  const list: Rule<readonly string[]> = { kind: "list", items: address };
  const object: Rule<unknown> = { kind: "object", rows: { vip: address } };
  const cases: readonly [what: string, rule: Rule<unknown>, value: unknown, requirement: string | undefined][] = [
    ["a text", text, "", "written like web"],
    ["an address", address, "10.0.1", "written like 10.0.1.11"],
    ["a flag", flag, "yes", "true or false"],
    ["an integer with a fraction", integer(1, 9), 1.5, "an integer between 1 and 9"],
    ["a number beyond its limits", number(0.1, 9), 9.5, "a number between 0.1 and 9"],
    ["what is no number", number(0.1, 9), Number.NaN, "a number between 0.1 and 9"],
    ["a choice", { kind: "choice", choices: ["a", "b"] }, "c", "one of a, b"],
    ["an empty list", list, [], "a list with at least one item"],
    ["an item of a list", list, ["10.0.1.11", "x"], "written like 10.0.1.11"],
    ["a key of an object", object, { vip: "x" }, "one whose 'vip' must be written like 10.0.1.11"],
    ["an object without a key", object, {}, "one whose 'vip' is missing"],
    [
      "an object with a key too many",
      object,
      { vip: "10.0.1.11", vips: 1 },
      "one whose 'vips' is unknown: take it out",
    ],
    ["nothing, where the number is allowed", number(0.1, 9), 0.2, undefined],
  ];

  test.each(cases)("%s", (_, rule, value, requirement) => {
    expect(violation(rule, value)).toBe(requirement);
  });
});
