import { expect, test } from "vitest";
import { type Agreement, VRRP_STATES } from "../../packages/pairctl/src/contract";
import { MARGIN_MS } from "../../packages/pairctl/src/cloud/credentials";
import type { Subject } from "../../packages/pairctl/src/cli/doctor/check";
import { CHECKS } from "../../packages/pairctl/src/cli/doctor/checks";
import type { Verdict } from "../../packages/pairctl/src/protocol/outcome";
import { ALERTS, DASHBOARD, PAGE, RECORDINGS } from "./files";
import { metricsOf, READY, samplesIn, SERVES } from "./metrics";
import { hasPromtool, promtool, sayIfMissing } from "./promtool";
import { selectedIn } from "./promql";

const WRITTEN = metricsOf([
  { ...SERVES, promotions: 1, holderChanges: 1, takeoverMs: 211, skewMs: -648, credentialsExpiry: 1_795_713_424 },
  { ...READY, vip: "10.0.1.200" },
]);
const NAMES = [...new Set(samplesIn(WRITTEN).map(({ metric }) => metric))];

/** Those of Prometheus and node_exporter themselves, and what the rules record. */
const OTHERS = ["up", "ALERTS", "node_textfile_mtime_seconds", ...RECORDINGS.map(({ record }) => record)];

/** Each value that a label of pairctl_state may have. A word that the code does not know does not compile. */
const AGREEMENTS: Readonly<Record<Agreement, true>> = { yes: true, no: true, unknown: true };
const VERDICTS: Readonly<Record<Verdict, true>> = {
  ...{ holds: true, moved: true, idle: true, handed: true, left: true },
  ...{ unverified: true, planned: true, refused: true, failed: true },
};
const LABELS: Readonly<Record<string, readonly string[]>> = {
  state: VRRP_STATES,
  agree: Object.keys(AGREEMENTS),
  verdict: Object.keys(VERDICTS),
};

const EXPRESSIONS: readonly [where: string, expression: string][] = [
  ...RECORDINGS.map(({ record, expr }): [string, string] => [`the rule ${record}`, expr]),
  ...[...ALERTS.values()].map(({ alert, expr }): [string, string] => [`the alert ${alert}`, expr]),
  ...DASHBOARD.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [`the panel '${title}'`, expr]),
  ),
];

test.each(EXPRESSIONS)("%s asks for metrics and labels that pairctl writes", (_, expression) => {
  const selected = selectedIn(expression);
  expect(selected.length).toBeGreaterThan(0);
  for (const { metric, matchers } of selected) {
    expect([...NAMES, ...OTHERS]).toContain(metric);
    for (const [label, , value] of matchers) {
      const values = LABELS[label];
      if (values) for (const word of value.split("|")) expect(values).toContain(word);
    }
  }
});

test("the metrics that pairctl writes are all in a rule or a panel, and in docs/monitoring.md, which has no others", () => {
  const used = new Set(EXPRESSIONS.flatMap(([, expression]) => selectedIn(expression).map(({ metric }) => metric)));
  expect(NAMES.filter((name) => !used.has(name))).toEqual([]);
  expect(documented().map(([name]) => name)).toEqual(NAMES);
});

test("the labels of pairctl_state are those that the rules select by", () => {
  const [state] = samplesIn(WRITTEN);
  expect(state).toEqual({
    metric: "pairctl_state",
    labels: `vip="10.0.1.100",${Object.keys(LABELS)
      .map((label) => `${label}="${{ state: "MASTER", agree: "yes", verdict: "holds" }[label]}"`)
      .join(",")}`,
    value: "1",
  });
});

test("a clock is off for the rule and the dashboard where it is for pairctl doctor", () => {
  const clock = CHECKS.find(({ what }) => what === "clock");
  const found = (skewMs: number) => clock?.look({ receipts: [{ skewMs }] } as unknown as Subject);
  const [, limit] = /> (\d+)$/.exec(ALERTS.get("PairctlClockOff")?.expr ?? "") ?? [];
  expect(found(Number(limit) * 1000 - 1)).toBeUndefined();
  expect(found(Number(limit) * 1000)).toBeDefined();
});

test("credentials raise no alarm before pairctl would ask for new ones, and two scrapes", () => {
  const [, limit] = /< (\d+)\)/.exec(ALERTS.get("PairctlCredentialsExpire")?.expr ?? "") ?? [];
  expect(Number(limit)).toBeGreaterThan(30);
  expect(Number(limit) * 1000).toBeLessThan(MARGIN_MS);
});

sayIfMissing("names and units of metrics");
test.runIf(hasPromtool)("Prometheus finds no fault with the metrics' names, units and format", () => {
  // node_exporter adds a line of help to each metric that has none; these are our own.
  const help = documented().map(([name, meaning]) => `# HELP ${name} ${meaning}\n`);
  expect(promtool(["check", "metrics"], {}, help.join("") + WRITTEN)).toEqual({ status: 0, said: "" });
  expect(promtool(["check", "metrics"], {}, WRITTEN).said.trim().split("\n").sort()).toEqual(
    NAMES.map((name) => `${name} no help text`).sort(),
  );
});

/** Name and meaning of each metric that docs/monitoring.md lists. */
function documented(): [string, string][] {
  return [...PAGE.matchAll(/^\| `(pairctl_\w+)(?:\{[^`]*\})?` \| (.+) \|$/gm)].map(([, name = "", meaning = ""]) => {
    return [name, meaning];
  });
}
