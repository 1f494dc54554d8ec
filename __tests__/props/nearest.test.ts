import { expect, test } from "vitest";
import { nearest } from "../../constructs/props/nearest";

const KNOWN = ["virtualRouterId", "vip", "vpcId", "priority"];

test.each([
  ["a letter too many", "vipp", "vip"],
  ["two letters changed over", "pirority", "priority"],
  ["another case", "VPCID", "vpcId"],
  ["the beginning of a long name, however much is missing", "virtual", "virtualRouterId"],
  ["a long name that goes on", "priorityOfThePrimary", "priority"],
])("%s: the name that is meant is named", (_, unknown, meant) => {
  expect(nearest(unknown, KNOWN)).toBe(`did you mean '${meant}'?`);
});

test("a name that is like no other gets all of them", () => {
  expect(nearest("zzzzzzzz", KNOWN)).toBe("known names are virtualRouterId, vip, vpcId, priority");
});

test("where there are none, none is named", () => {
  expect(nearest("vip", [])).toBe("known names are ");
});
