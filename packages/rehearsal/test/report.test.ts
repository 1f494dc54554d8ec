import { expect, test } from "vitest";
import { summary } from "../src/summary.ts";
import { Timeline } from "../src/timeline.ts";

test("a timeline is in order, in ms from the fault", () => {
  const timeline = new Timeline();
  timeline.note("client", "late", 2500);
  timeline.note("cloud", "early", 990);
  timeline.note("node", "out of sight", 10);
  expect(timeline.render(1000, 900, 3000)).toEqual(["     -10 ms  cloud      early", "   +1500 ms  client     late"]);
});

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
