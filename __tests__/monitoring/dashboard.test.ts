import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { DASHBOARD, RULES } from "./files";
import { READY, SERVES } from "./metrics";
import { hasPromtool, promtool, sayIfMissing } from "./promtool";
import { type NodeView, testGroup } from "./scene";

const { panels, templating } = DASHBOARD;

/** The query of a panel, for all pairs. */
function queryOf(title: string): string {
  const expr = panels.find((panel) => panel.title === title)?.targets[0]?.expr;
  if (expr === undefined) throw new Error(`no panel '${title}'`);
  return expr.replaceAll("$pair", ".+");
}

test("every panel says what it shows, and asks the Prometheus that is chosen, about the pairs that are chosen", () => {
  expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "pair"]);
  for (const { title, description, datasource, targets } of panels) {
    expect(title).not.toBe("");
    expect(description).not.toBe("");
    expect(targets.length).toBeGreaterThan(0);
    for (const target of [{ datasource }, ...targets])
      expect(target.datasource).toEqual({ type: "prometheus", uid: "${datasource}" });
    for (const { expr } of targets) expect(expr).toContain('pair=~"$pair"');
  }
});

test("no panel covers another, or is wider than the page", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { gridPos } of panels) {
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken).not.toContain(`${x},${y}`);
        taken.add(`${x},${y}`);
      }
    }
  }
});

const serves: NodeView = { receipts: [SERVES] };
const ready: NodeView = { receipts: [READY] };
const fault: NodeView = { receipts: [{ vrrp: "FAULT", agree: "unknown", verdict: "idle" }] };
const elsewhere: NodeView = { receipts: [{ vrrp: "MASTER", agree: "no", verdict: "left" }] };

/** What a pair is, how many nodes serve and are ready by the dashboard, and what it says of each. */
const SCENES: readonly [string, NodeView, NodeView, number, number, (number | undefined)[]][] = [
  ["a pair that is well", serves, ready, 1, 1, [1, 2]],
  ["a pair in FAULT", fault, fault, 0, 0, [4, 4]],
  ["two MASTERs", serves, elsewhere, 1, 0, [1, 3]],
  ["old metrics of the serving node", { ...serves, agent: "silent" }, ready, 0, 1, [undefined, 2]],
  ["an agent of the serving node that has ended", { ...serves, agent: "ended" }, ready, 0, 1, [undefined, 2]],
  ["a serving node that is down", { ...serves, isUp: false }, ready, 0, 1, [undefined, 2]],
];

sayIfMissing("the dashboard's queries");
describe.runIf(hasPromtool)("the dashboard", () => {
  test("has queries that Prometheus takes", () => {
    const rules = panels
      .flatMap(({ targets }) => targets)
      .map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
    const file = stringify({ groups: [{ name: "dashboard", rules }] });
    const { status, said } = promtool(["check", "rules", "panels.yml"], { "panels.yml": file });
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining(`${rules.length} rules found`) });
  });

  test.each(SCENES)(
    "is green for nothing but what serves and is ready: %s",
    (_, primary, secondary, serving, standby, nodes) => {
      const { endS, ...seen } = testGroup([{ scrapes: 20, nodes: { primary, secondary } }]);
      const asked = (title: string, samples: readonly [labels: string, value: number | undefined][]) => ({
        expr: queryOf(title),
        eval_time: `${endS}s`,
        exp_samples: samples.flatMap(([labels, value]) =>
          value === undefined ? [] : [{ labels: `{${labels}}`, value }],
        ),
      });
      const of = 'pair="web-pair",vip="10.0.1.100"';
      const promql_expr_test = [
        asked("Nodes that serve", [[of, serving]]),
        asked("Nodes ready to take over", [[of, standby]]),
        asked("What each node is", [
          [`instance="primary",${of}`, nodes[0]],
          [`instance="secondary",${of}`, nodes[1]],
        ]),
      ];
      const tests = { rule_files: ["alerts.yml"], evaluation_interval: "15s", tests: [{ ...seen, promql_expr_test }] };
      const { status, said } = promtool(["test", "rules", "tests.yml"], {
        "alerts.yml": RULES,
        "tests.yml": stringify(tests),
      });
      expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("SUCCESS") });
    },
  );
});
