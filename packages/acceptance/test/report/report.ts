import { judgeAll } from "../../src/assumptions/index.ts";
import { nothingSeen } from "../../src/measure/observations.ts";
import type { Report } from "../../src/report/schema.ts";

/** A report of a run in which a fault failed and something is left. */
export const report: Report = {
  version: 1,
  product: "0.1.0",
  begun: "2026-11-26T18:00:00.000Z",
  ended: "2026-11-26T18:30:00.000Z",
  region: "ap-singapore",
  zone: "ap-singapore-1",
  mechanism: "havip",
  instanceType: "S5.MEDIUM2",
  isRehearsal: true,
  failure: "the pair is | not well",
  faults: [
    { fault: "stop", does: "stops", at: "2026-11-26T18:10:00.000Z", passed: true, outageMs: 800, convergedMs: 4000 },
    {
      ...{ fault: "crash", does: "crashes", at: "2026-11-26T18:11:00.000Z", passed: false, outageMs: null },
      ...{ convergedMs: null, problem: "nobody serves" },
    },
  ],
  assumptions: judgeAll(nothingSeen("havip")),
  samples: [{ at: 1, holder: "eni-1", eipStatus: "BIND" }],
  left: [{ kind: "VPC", id: "vpc-11111111", name: "acceptance-123456" }],
};
