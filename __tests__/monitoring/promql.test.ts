import { expect, test } from "vitest";
import { selectedIn } from "./promql";

test.each<[string, string[]]>([
  ["up", ["up"]],
  ['count by (pair, vip) (a_state{x="1"}) unless on (pair) b', ["a_state", "b"]],
  ["max by (instance) (abs(a_seconds)) > 100", ["a_seconds"]],
  ['changes(node_mtime{file=~"(.*/)?x[.]prom"}[2m]) > 0', ["node_mtime"]],
  ["increase(a_total[15m] offset 5m) - time()", ["a_total"]],
  ['instance:a:fresh{state="MASTER", agree!="yes"} * 2 or 0 * c', ["instance:a:fresh", "c"]],
])("finds the metrics of %s", (expression, metrics) => {
  expect(selectedIn(expression).map(({ metric }) => metric)).toEqual(metrics);
});

test("finds by which labels a metric is selected", () => {
  expect(selectedIn('sum(a{b="c}", d=~"e|f"})')).toEqual([
    {
      metric: "a",
      matchers: [
        ["b", "=", "c}"],
        ["d", "=~", "e|f"],
      ],
    },
  ]);
});
