import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { renderJUnit } from "../../src/report/junit.ts";
import { campaignRecord, crashRecord } from "./campaign.ts";

const HOSTILE = "]]> <failure> & \"quoted\" 'text' \u001b[31mred\u0000 \ud800 \uffff 你好 🙂\ttab\r\nnext line";
const WRITTEN = "]]> <failure> & \"quoted\" 'text' \\u001b[31mred\\u0000 \\ud800 \\uffff 你好 🙂\ttab\nnext line";
const CAMPAIGN = campaignRecord(
  [
    crashRecord(3_700),
    crashRecord(3_900, {
      repetition: 2,
      violations: [
        { check: "receipts tell the truth", text: HOSTILE },
        { check: "all is as before", text: "on the primary: a unit has failed" },
      ],
    }),
    crashRecord(40, { mechanism: "havip", fault: "vip-deleted" }),
  ],
  { planned: 5, problems: [HOSTILE] },
);

/** Runs Python 3 of Debian's, which has the packages of Debian's, with the XML on its standard input. */
function python(script: string, xml = ""): { readonly status: number | null; readonly stdout: string } {
  const { status, stdout, stderr } = spawnSync("/usr/bin/python3", ["-c", script], {
    input: xml,
    encoding: "utf8",
    env: { PYTHONIOENCODING: "utf-8" },
  });
  if (xml !== "" && status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return { status, stdout };
}

const hasParser = python("import junitparser").status === 0;
if (!hasParser) console.log("not run: JUnit XML by another reader: python3-junitparser not available");

/** Prints what a reader that knows nothing of ours makes of it. */
const READ = `
import json, sys
from junitparser import JUnitXml
import io
xml = JUnitXml.fromroot(__import__("xml.etree.ElementTree").etree.ElementTree.fromstring(sys.stdin.buffer.read()))
print(json.dumps({
    "totals": [xml.tests, xml.failures, xml.errors],
    "suites": [{
        "name": suite.name,
        "counts": [suite.tests, suite.failures, suite.errors],
        "properties": {each.name: each.value for each in suite.properties()},
        "cases": [{
            "name": case.name, "class": case.classname, "time": case.time, "out": case.system_out,
            "results": [[type(each).__name__, each.message, each.text] for each in case.result],
        } for case in suite],
    } for suite in xml],
}))
`;

describe.runIf(hasParser)("JUnit XML, read by python3-junitparser,", () => {
  const read = () => JSON.parse(python(READ, renderJUnit(CAMPAIGN)).stdout);

  test("has a suite for each fault and mechanism, a case for each run, and counts that agree", () => {
    const { totals, suites } = read();
    expect(totals).toEqual([5, 1, 2]);
    expect(suites.map(({ name, counts }: { name: string; counts: number[] }) => [name, ...counts])).toEqual([
      ["rehearsal.secondary-private-ip.node-crashed", 2, 1, 0],
      ["rehearsal.havip.vip-deleted", 1, 0, 0],
      ["labs", 2, 0, 2],
    ]);
    expect(suites[0].cases[0]).toEqual({
      name: "run 1",
      class: "rehearsal.secondary-private-ip.node-crashed",
      time: 25,
      out: expect.stringMatching(
        /^VIP gone for 3700 ms \(at most 5100\), EIP gone for 3710 ms .*\nthe primary served when the fault began; seed 1$/,
      ),
      results: [],
    });
  });

  test("has a failed run's violations in full, with what XML cannot hold written out", () => {
    expect(read().suites[0].cases[1].results).toEqual([
      [
        "Failure",
        "receipts tell the truth; all is as before",
        `receipts tell the truth: ${WRITTEN}\n\nall is as before: on the primary: a unit has failed`,
      ],
    ]);
  });

  test("has what has gone wrong outside of any run, and that runs are missing, as errors", () => {
    expect(read().suites[2].cases.flatMap(({ results }: { results: string[][] }) => results)).toEqual([
      ["Error", "a lab failed", WRITTEN],
      ["Error", "a lab failed", "2 runs were not made"],
    ]);
  });

  test("has a fault's figures as properties", () => {
    expect(read().suites[0].properties).toEqual({
      system: "Debian 12",
      "outage through the VIP, median, ms": "3800",
      "outage through the VIP, p99, ms": "3900",
      "outage through the VIP, worst, ms": "3900",
      "outage through the VIP, bound, ms": "5100",
      "outage through the EIP, median, ms": "3810",
      "outage through the EIP, p99, ms": "3910",
      "outage through the EIP, worst, ms": "3910",
      "outage through the EIP, bound, ms": "5100",
      "from the healing to well, median, ms": "1500",
      "from the healing to well, p99, ms": "1500",
      "from the healing to well, worst, ms": "1500",
      "from the healing to well, bound, ms": "10000",
    });
  });
});

test("a campaign in which everything went as it must has no failure and no error", () => {
  expect(renderJUnit(campaignRecord([crashRecord(3_700)]))).toMatch(
    /<testsuites [^>]*tests="1" failures="0" errors="0"/,
  );
});
