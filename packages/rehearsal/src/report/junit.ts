import { create } from "xmlbuilder2";
import { groupBy } from "./group-by.ts";
import { type CampaignRecord, passed, type RunRecord } from "./run-record.ts";
import { runTimes } from "./run-times.ts";
import { type Distribution, faultStatistics, showMs } from "./statistics.ts";

/**
 * A campaign as JUnit XML, as CI servers read it: a suite for each fault with each mechanism, with its figures as
 * properties, and in it a test case for each run. A run that is not passed is one failure with all its violations in
 * full, since some servers read only the first one; what has gone wrong outside of any run is an error.
 */
export function renderJUnit({ runs, problems, planned }: CampaignRecord): string {
  const failed = runs.filter((run) => !passed(run)).length;
  const outside = [...problems, ...(runs.length < planned ? [`${planned - runs.length} runs were not made`] : [])];
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const root = document.ele("testsuites", {
    name: "failover rehearsal",
    tests: runs.length + outside.length,
    failures: failed,
    errors: outside.length,
    time: seconds(runs),
  });
  for (const group of groupBy(runs, suiteName).values()) addSuite(root, group);
  if (outside.length > 0) addProblems(root, outside);
  return `${document.end({ prettyPrint: true })}\n`;
}

type Element = ReturnType<ReturnType<typeof create>["ele"]>;

function addSuite(root: Element, runs: readonly RunRecord[]): void {
  const [first] = runs;
  if (first === undefined) return;
  const name = suiteName(first);
  const suite = root.ele("testsuite", {
    name,
    tests: runs.length,
    failures: runs.filter((run) => !passed(run)).length,
    errors: 0,
    skipped: 0,
    time: seconds(runs),
    timestamp: new Date(first.faultAt).toISOString().replace(/\..*/, ""),
  });
  const properties = suite.ele("properties");
  for (const [property, value] of suiteProperties(runs)) properties.ele("property", { name: property, value });
  for (const run of runs) {
    const testcase = suite.ele("testcase", { classname: name, name: `run ${run.repetition}`, time: seconds([run]) });
    if (!passed(run)) addFailure(testcase, run);
    testcase.ele("system-out").txt(xmlText(runFacts(run)));
  }
}

function runFacts(run: RunRecord): string {
  const struck = run.victim === null ? "nobody served" : `the ${run.victim} served when the fault began`;
  return [runTimes(run), `${struck}; seed ${run.seed}`].filter((line) => line !== "").join("\n");
}

function addFailure(testcase: Element, { violations }: RunRecord): void {
  const message = xmlText([...new Set(violations.map(({ check }) => check))].join("; "));
  const text = violations.map(({ check, text: seen }) => `${check}: ${seen}`).join("\n\n");
  testcase.ele("failure", { type: "violation", message }).txt(xmlText(text));
}

function addProblems(root: Element, problems: readonly string[]): void {
  const counts = { tests: problems.length, failures: 0, errors: problems.length, skipped: 0 };
  const suite = root.ele("testsuite", { name: "labs", ...counts, time: "0.000" });
  for (const [index, text] of problems.entries()) {
    const testcase = suite.ele("testcase", { classname: "labs", name: `problem ${index + 1}`, time: "0.000" });
    testcase.ele("error", { type: "problem", message: "a lab failed" }).txt(xmlText(text));
  }
}

/** The dots make CI servers show mechanisms as packages. */
const suiteName = ({ mechanism, fault }: RunRecord): string => `rehearsal.${mechanism}.${fault}`;

const seconds = (runs: readonly RunRecord[]): string =>
  (runs.reduce((sum, { faultAt, endedAt }) => sum + endedAt - faultAt, 0) / 1_000).toFixed(3);

function suiteProperties(runs: readonly RunRecord[]): [string, string][] {
  const [statistics] = faultStatistics(runs);
  const systems = [...new Set(runs.map(({ system }) => system))].join(", ");
  return [
    ["system", xmlText(systems)],
    ...timesOf("outage through the VIP", statistics?.outages.VIP),
    ...timesOf("outage through the EIP", statistics?.outages.EIP),
    ...timesOf("from the healing to well", statistics?.converged),
  ];
}

function timesOf(name: string, times: Distribution | undefined): [string, string][] {
  if (times === undefined) return [];
  const { median, p99, worst, boundMs } = times;
  return Object.entries({ median, p99, worst, bound: boundMs }).map(([what, ms]) => [
    `${name}, ${what}, ms`,
    showMs(ms),
  ]);
}

/** What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two noncharacters. */
const FORBIDDEN = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text in which all that XML cannot hold is written out, such as `\u001b`; line ends are those of XML. */
function xmlText(text: string): string {
  const written = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replaceAll("\r\n", "\n").replace(FORBIDDEN, written);
}
