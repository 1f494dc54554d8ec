import { expect, test } from "vitest";
import { ChangeError, edited, inLab, inStack, replacing, withoutLines } from "../../src/variants/change.ts";
import { breakLab, brokenStack, EFFECT_CHECK } from "../../src/variants/variant.ts";
import type { Lab } from "../../src/lab/lab.ts";
import type { StackModel } from "../../src/stack/stack.ts";

const stack = { vip: "10.0.1.100", region: "ap-singapore" } as StackModel;

test("an edit replaces a text everywhere, with nothing in it having a meaning", () => {
  expect(edited("a", replacing("b", "$&"), "abba")).toBe("a$&$&a");
});

test("an edit leaves out every line that matches", () => {
  expect(edited("a unit", withoutLines(/^Restart/), "[Service]\nRestart=always\nRestartSec=1\n")).toBe("[Service]\n");
});

test("refuses an edit that changes nothing, and says where", () => {
  expect(() => edited("/etc/a.conf", replacing("b", "c"), "a")).toThrow(
    new ChangeError("/etc/a.conf", "changes nothing"),
  );
});

test("refuses a change of the stack that changes nothing", async () => {
  const changes = [inStack("the region", (same) => ({ ...same }))];
  await expect(brokenStack({ changes }, stack)).rejects.toThrow("the change of the region changes nothing");
});

test("a stack is broken by one change after the other, and stays as it is without a variant", async () => {
  const appending = (letter: string) =>
    inStack("the region", (before) => ({ ...before, region: before.region + letter }));
  await expect(brokenStack({ changes: [appending("a"), appending("b")] }, stack)).resolves.toMatchObject({
    region: "ap-singaporeab",
  });
  await expect(brokenStack(undefined, stack)).resolves.toBe(stack);
});

test("a change of the lab that is never needed is a problem, and one that is needed is none", () => {
  let isNeeded = (): void => {};
  const changes = [
    inLab("the wire", (_, tookEffect) => {
      isNeeded = tookEffect;
    }),
  ];
  const breakage = breakLab({ changes }, {} as Lab);
  expect(breakage.problems()).toEqual([{ check: EFFECT_CHECK, text: "the wire was not needed" }]);
  isNeeded();
  expect(breakage.problems()).toEqual([]);
  expect(breakLab(undefined, {} as Lab).problems()).toEqual([]);
});
