import { describe, expect, test } from "vitest";
import { measureOutage, rightlyServed, servedSpans, strangers } from "../../src/audit/service.ts";
import type { Answer, Pause } from "../../src/lab/client.ts";

const FAULT_AT = 1000;
const answer = (sentAt: number, via: Answer["via"] = "VIP"): Answer => ({
  via,
  sentAt,
  receivedAt: sentAt + 1,
  number: sentAt / 10,
  node: "n",
});
const every10ms = (from: number, to: number) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => answer(from + index * 10));

describe("measureOutage", () => {
  const measure = (answers: readonly Answer[], ...pauses: readonly Pause[]) =>
    measureOutage({ answers, pauses }, "VIP", FAULT_AT, 10);

  test("is the longest time without an answered question, less the interval", () => {
    const answers = [...every10ms(900, 1000), ...every10ms(1700, 1900)];
    expect(measure(answers)).toBe(690);
  });

  test("counts from the last answer before the fault where the service was gone at once", () => {
    expect(measure([...every10ms(900, 950), ...every10ms(1500, 1600)])).toBe(540);
  });

  test("is nothing where no question went unanswered", () => {
    expect(measure(every10ms(900, 1500))).toBe(0);
  });

  test("is nothing where the client asked late, and was answered", () => {
    const late = (sentAt: number, number: number) => ({ ...answer(sentAt), number });
    expect(measure([late(990, 99), late(1000, 100), late(1400, 101), late(1410, 102)])).toBe(0);
    expect(measure([late(990, 99), late(1000, 100), late(1400, 102), late(1410, 103)])).toBe(390);
  });

  test("ignores what was before the fault, and the other way", () => {
    const answers = [answer(100), ...every10ms(900, 1100), answer(1050, "EIP"), answer(9000, "EIP")];
    expect(measure(answers)).toBe(0);
  });

  test("takes answers in any order", () => {
    expect(measure([answer(1500), answer(990), answer(1510)])).toBe(500);
  });

  test("leaves out the time in which the client did not ask", () => {
    const answers = [...every10ms(900, 1100), ...every10ms(1500, 1600)];
    expect(measure(answers, { from: 1100, to: 1500 })).toBe(0);
    expect(measure(answers, { from: 1200, to: 1300 })).toBe(290);
    expect(measure(answers, { from: 500, to: 800 })).toBe(390);
  });

  test("has no measure where no answer came", () => {
    expect(measure(every10ms(900, 990))).toBeUndefined();
  });
});

describe("servedSpans", () => {
  test("joins the answers of one node that follow each other closely", () => {
    const answers = [...every10ms(0, 100), ...every10ms(900, 1000), { ...answer(1010), node: "other" }];
    expect(servedSpans(answers, "VIP", 100)).toEqual([
      { via: "VIP", node: "n", from: 0, to: 100 },
      { via: "VIP", node: "n", from: 900, to: 1000 },
      { via: "VIP", node: "other", from: 1010, to: 1010 },
    ]);
  });
});

describe("rightlyServed", () => {
  const span = (via: Answer["via"], node: string, from: number, to: number) => ({ via, node, from, to });

  test("is an address while it leads to the node that serves through the VIP", () => {
    const spans = [
      span("VIP", "a", 0, 50),
      span("VIP", "b", 60, 100),
      span("EIP", "a", 0, 80),
      span("EIP", "b", 90, 95),
    ];
    expect(rightlyServed(spans, "EIP")).toEqual([span("EIP", "a", 0, 50), span("EIP", "b", 90, 95)]);
  });
});

describe("strangers", () => {
  test("are nodes that answer through the VIP and may not", () => {
    const answers = [answer(10), { ...answer(20), node: "other" }, { ...answer(90), node: "late" }];
    expect(strangers(answers, ["n"], 0, 50)).toEqual(["other"]);
    expect(strangers([{ ...answer(20, "EIP"), node: "other" }], ["n"], 0, 50)).toEqual([]);
  });
});
