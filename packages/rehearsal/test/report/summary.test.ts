import { expect, test } from "vitest";
import { summary } from "../../src/report/summary.ts";

test("a summary has a line for each failover, with every way to the service", () => {
  const failover = { mechanism: "havip", fault: "stop", outageBudgetMs: 1500 } as const;
  expect(
    summary([
      { ...failover, outageMs: { VIP: 700, EIP: null } },
      { ...failover, outageMs: { VIP: 0 } },
    ]),
  ).toEqual([
    "outage in ms          fault      VIP     EIP at most",
    "havip                 stop       700 endless    1500",
    "havip                 stop         0       -    1500",
  ]);
});
