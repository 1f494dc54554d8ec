import { expect, test } from "vitest";
import { flag, text, type WithEveryKey, type Written } from "../../src/contract/rules.ts";

const ROWS = { name: text, note: { ...text, optional: true }, isLoud: { ...flag, default: false } } as const;
type Settings = Written<typeof ROWS>;

test("who writes every key of an object down cannot forget one, also of those that may have no value", () => {
  const written: Settings = { name: "web" };
  const complete: WithEveryKey<Settings> = { name: "web", note: undefined, isLoud: undefined };
  // @ts-expect-error 'note' is forgotten
  const forgotten: WithEveryKey<Settings> = { name: "web", isLoud: undefined };
  for (const each of [complete, forgotten]) expect(JSON.stringify(each)).toBe(JSON.stringify(written));
});
