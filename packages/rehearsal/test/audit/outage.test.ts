import { describe, expect, test } from "vitest";
import { type Answer, measureOutage } from "../../src/audit/outage.ts";

const FAULT_AT = 1000;
const answer = (sentAt: number, via: Answer["via"] = "VIP"): Answer => ({
  via,
  sentAt,
  receivedAt: sentAt + 1,
  node: "n",
});
const every10ms = (from: number, to: number) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => answer(from + index * 10));

describe("measureOutage", () => {
  test("is the longest time without an answered question, less the interval", () => {
    const answers = [...every10ms(900, 1000), ...every10ms(1700, 1900)];
    expect(measureOutage(answers, "VIP", FAULT_AT, 10)).toBe(690);
  });

  test("counts from the last answer before the fault where the service was gone at once", () => {
    expect(measureOutage([...every10ms(900, 950), ...every10ms(1500, 1600)], "VIP", FAULT_AT, 10)).toBe(540);
  });

  test("is nothing where no question went unanswered", () => {
    expect(measureOutage(every10ms(900, 1500), "VIP", FAULT_AT, 10)).toBe(0);
  });

  test("ignores what was before the fault, and the other way", () => {
    const answers = [answer(100), ...every10ms(900, 1100), answer(1050, "EIP"), answer(9000, "EIP")];
    expect(measureOutage(answers, "VIP", FAULT_AT, 10)).toBe(0);
  });

  test("takes answers in any order", () => {
    expect(measureOutage([answer(1500), answer(990), answer(1510)], "VIP", FAULT_AT, 10)).toBe(500);
  });

  test("has no measure where no answer came", () => {
    expect(measureOutage(every10ms(900, 990), "VIP", FAULT_AT, 10)).toBeUndefined();
  });
});
