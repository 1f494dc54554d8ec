import { expect, test } from "vitest";
import { deriveAuthPass } from "../../constructs/render/auth-pass";

test("two nodes of one pair derive the same password, of as many characters as VRRP version 2 carries", () => {
  const identity = ["web-pair", "10.0.1.100", "51"];
  expect(deriveAuthPass(identity)).toBe(deriveAuthPass([...identity]));
  expect(deriveAuthPass(identity)).toMatch(/^[0-9a-f]{8}$/);
  // By another program: printf 'web-pair\n10.0.1.100\n51' | sha256sum
  expect(deriveAuthPass(identity)).toBe("a103f80e");
});

test("pairs that differ in anything have different ones, also where their parts written together are the same", () => {
  const passes = [["a", "bc"], ["ab", "c"], ["abc"], ["a", "bc", ""]].map(deriveAuthPass);
  expect(new Set(passes).size).toBe(passes.length);
});
