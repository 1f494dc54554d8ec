import { expect, test } from "vitest";
import { flag, text, violations, type WithEveryKey, type Written } from "../../src/contract/rules.ts";

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
