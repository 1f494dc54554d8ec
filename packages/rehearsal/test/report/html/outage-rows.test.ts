import { expect, test } from "vitest";
import { outageRows } from "../../../src/report/html/outage-rows.ts";
import { runRecord } from "../run.ts";

test("a fault's row has the outages of all its runs, and null where one is endless", () => {
  const runs = [700, 900, null].map((lastedMs) => runRecord({ outages: [{ via: "VIP", lastedMs, boundMs: 1500 }] }));
  expect(outageRows([...runs, runRecord({ fault: "api-denied", outages: [] })])).toEqual([
    {
      label: "keepalived-stopped, havip",
      boundMs: 1500,
      ways: [{ via: "VIP", times: [700, 900, null], median: 900, p99: null, boundMs: 1500 }],
    },
  ]);
});
