import { expect, test } from "vitest";
import { judgeOutages } from "../../src/changes/outages.ts";
import type { Answer } from "../../src/lab/client.ts";
import type { Via } from "../../src/report/run-record.ts";

const DEPLOYED = [
  { what: "cdktf deploy", at: 1_000 },
  { what: "pair push", at: 5_000 },
];
const SPAN = { from: 1_000, to: 9_000 };

/** Answers to questions every 10 ms, without those of a time. */
function answers(via: Via, from: number, to: number, lost: readonly [number, number] = [0, 0]): Answer[] {
  return Array.from({ length: (to - from) / 10 + 1 }, (_, index) => from + index * 10)
    .map((sentAt, index) => ({
      via,
      sentAt,
      receivedAt: sentAt + 1,
      number: index + 1,
      node: sentAt < 7_000 ? "primary" : "secondary",
    }))
    .filter(({ sentAt }) => sentAt <= lost[0] || sentAt >= lost[1]);
}

/** A client that was answered so. */
function clientWith(...byWay: readonly (readonly Answer[])[]) {
  const all = byWay.flat();
  const vias = [...new Set(all.map(({ via }) => via))];
  return {
    addresses: new Map(vias.map((via) => [via, "10.0.1.100"])),
    answers: all,
    pauses: [],
    servedSince: (via: Via) => all.find((answer) => answer.via === via)?.sentAt,
  };
}

test("an outage is said with when it was, and who answered before and after it", () => {
  const client = clientWith(answers("VIP", 0, 10_000, [6_800, 7_500]));
  expect(judgeOutages(client, SPAN, {}, DEPLOYED)).toEqual({
    outages: { VIP: 700 },
    problems: [
      "the client got no answer through the VIP for 700 ms, 1.8 s after 'pair push' had begun: before it the primary answered, after it the secondary",
    ],
  });
  expect(judgeOutages(client, SPAN, { VIP: 1_200 }, DEPLOYED)).toEqual({ outages: { VIP: 700 }, problems: [] });
});

test("an address that the change brings counts from its first answer on", () => {
  const client = clientWith(answers("VIP", 0, 10_000), answers("VIP 10.0.1.102", 6_000, 10_000, [8_000, 8_500]));
  const { outages, problems } = judgeOutages(client, SPAN, {}, DEPLOYED);
  expect(outages).toEqual({ VIP: 0, "VIP 10.0.1.102": 500 });
  expect(problems).toHaveLength(1);
});

test("an address that never answers is a problem, and one that the change ends is none", () => {
  const client = clientWith(answers("VIP", 0, 10_000));
  client.addresses.set("EIP", "203.0.113.2");
  expect(judgeOutages(client, SPAN, {}, DEPLOYED).problems).toEqual([
    "the client got no answer through the EIP at all",
  ]);
  expect(judgeOutages(client, SPAN, { EIP: "ends" }, DEPLOYED).problems).toEqual([]);
});
