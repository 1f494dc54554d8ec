import { describe, expect, test } from "vitest";
import { type ClientChange, ClientWatch } from "../../src/audit/client-watch.ts";
import type { Via } from "../../src/report/run-record.ts";

/** Watches a client whose answers are given, at each look, which comes every 100 ms. */
function changes(looks: readonly (readonly [vip: string[], eip: string[]])[]): ClientChange[] {
  const told: ClientChange[] = [];
  let now = 1_000;
  let answers = new Map<Via, string[]>();
  const asked: number[] = [];
  const client = {
    addresses: new Map<Via, string>([
      ["VIP", "10.0.1.100"],
      ["EIP", "203.0.113.10"],
    ]),
    answering: (via: Via, since: number) => {
      asked.push(now - since);
      return [...(answers.get(via) ?? [])];
    },
  };
  using watch = new ClientWatch(client, (change) => told.push(change));
  watch.stop();
  for (const [vip, eip] of looks) {
    answers = new Map<Via, string[]>([
      ["VIP", vip],
      ["EIP", eip],
    ]);
    watch.look(now);
    now += 100;
  }
  expect(new Set(asked)).toEqual(new Set([300]));
  return told;
}

describe("the watch of the client", () => {
  test("tells who answers at first, and then only what changes", () => {
    const same: [string[], string[]] = [["primary"], []];
    expect(changes([same, same, same])).toEqual([
      { via: "VIP", answeredBy: ["primary"], since: 1_000 },
      { via: "EIP", answeredBy: [], since: 1_000 },
    ]);
  });

  test("tells when an address is served no more, since its last answers, and when again, and by whom", () => {
    const served = (node: string): [string[], string[]] => [[node], ["primary"]];
    expect(changes([served("primary"), [[], ["primary"]], [[], ["primary"]], served("secondary")]).slice(2)).toEqual([
      { via: "VIP", answeredBy: [], since: 800 },
      { via: "VIP", answeredBy: ["secondary"], since: 1_300 },
    ]);
  });

  test("tells of two nodes that answer side by side once, in whatever order they do", () => {
    expect(
      changes([
        [["secondary", "primary"], ["primary"]],
        [["primary", "secondary"], ["primary"]],
      ])[0],
    ).toEqual({ via: "VIP", answeredBy: ["primary", "secondary"], since: 1_000 });
  });
});
