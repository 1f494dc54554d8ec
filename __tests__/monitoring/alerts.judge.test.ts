import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { METRICS_ADDRESS, METRICS_PORT } from "../../packages/pairctl/src/contract";
import { ALERTS, PAGE, RULES } from "./files";
import { READY, SERVES } from "./metrics";
import { hasPromtool, promtool, sayIfMissing } from "./promtool";
import { type NodeView, type Phase, testGroup } from "./scene";

const serves: NodeView = { receipts: [SERVES] };
const ready: NodeView = { receipts: [READY] };
const fault: NodeView = { receipts: [{ vrrp: "FAULT", agree: "unknown", verdict: "idle" }] };
const drained: NodeView = { receipts: [{ vrrp: "STOP", agree: "unknown", verdict: "idle" }] };
const elsewhere: NodeView = { receipts: [{ vrrp: "MASTER", agree: "no", verdict: "left" }] };
const down: NodeView = { receipts: undefined, isUp: false };
const bare: NodeView = { receipts: undefined };
const failing = ({ receipts = [] }: NodeView): NodeView => ({
  receipts: receipts.map((receipt) => ({ ...receipt, agree: "unknown", verdict: "failed" })),
});
const silenced = (view: NodeView): NodeView => ({ ...view, agent: "silent" });
const ended = (view: NodeView): NodeView => ({ ...view, agent: "ended" });
/** The same with other numbers. */
const telling = ({ receipts = [] }: NodeView, told: object): NodeView => ({
  receipts: receipts.map((receipt) => ({ ...receipt, ...told })),
});
/** The same by the node's own Prometheus, which scrapes the agent. */
const pushed = (view: NodeView): NodeView => ({ ...view, by: "Prometheus" });
const inPair = (pair: string, view: NodeView): NodeView => ({ ...view, pair });

/** The pair in one state, for five minutes if nothing else is said. */
const pair = (primary: NodeView, secondary: NodeView, scrapes = 20): Phase => ({
  scrapes,
  nodes: { primary, secondary },
});
const WELL = pair(serves, ready);
const END_S = 19 * 15;

type Firing = Readonly<Record<string, string>> & { readonly alertname: string };
const pairLabels = { pair: "web-pair" };
const labels = { ...pairLabels, vip: "10.0.1.100" };
const nobody = { alertname: "PairctlNobodyServes", ...labels };
const nobodyAtAll = { alertname: "PairctlNobodyServes", ...pairLabels };
const split = { alertname: "PairctlSplitBrain", ...labels };
const noStandby = { alertname: "PairctlStandbyNotReady", ...labels };
const flaps = { alertname: "PairctlFlaps", ...labels };
const fails = (instance: string) => ({ alertname: "PairctlRunsFail", ...labels, instance });
const silent = (instance: string) => ({ alertname: "PairctlAgentSilent", job: "node", ...pairLabels, instance });
const expires = (instance: string) => ({ ...silent(instance), alertname: "PairctlCredentialsExpire" });
const clockOff = (instance: string) => ({ alertname: "PairctlClockOff", ...pairLabels, instance });
const unlabelled = (instance: string) => ({ alertname: "PairctlWithoutPair", job: "node", instance });

/** What Prometheus has seen, and all that fires at the end of it. */
const CASES: readonly [what: string, phases: readonly Phase[], firing: readonly Firing[]][] = [
  ["a pair that is well", [WELL], []],
  ["a failover that has lasted for less than a minute", [WELL, pair(fault, elsewhere, 4)], []],
  ["a standby that has been down for less than a minute", [WELL, pair(serves, down, 4)], []],

  ["both nodes in FAULT", [pair(fault, fault)], [nobody]],
  ["no MASTER, and two nodes that believe in each other", [pair(ready, ready)], [nobody]],
  ["a MASTER whose address is on its peer", [pair(elsewhere, ready)], [nobody]],
  [
    "an API that answers neither node",
    [pair(failing(serves), failing(ready))],
    [nobody, fails("primary"), fails("secondary")],
  ],
  ["the serving node down, and nobody who takes over", [WELL, pair(down, ready)], [nobody, silent("primary")]],
  ["both nodes down", [WELL, pair(down, down)], [nobodyAtAll, silent("primary"), silent("secondary")]],
  ["both nodes down from the beginning", [pair(down, down)], [nobodyAtAll, silent("primary"), silent("secondary")]],
  ["no metrics of pairctl on either node", [pair(bare, bare)], [nobodyAtAll, silent("primary"), silent("secondary")]],
  ["no metrics of the serving node", [pair(bare, ready)], [nobody, silent("primary")]],
  ["old metrics of the serving node", [WELL, pair(silenced(serves), ready)], [nobody, silent("primary")]],
  [
    "old metrics of both nodes",
    [pair(silenced(serves), silenced(ready))],
    [nobody, silent("primary"), silent("secondary")],
  ],
  [
    "an agent that ends again and again on the serving node",
    [WELL, pair(ended(serves), ready)],
    [nobody, silent("primary")],
  ],
  [
    "one of two addresses on the wrong node",
    [
      pair(
        { receipts: [SERVES, { vrrp: "MASTER", agree: "no", verdict: "refused", vip: "10.0.1.200" }] },
        { receipts: [READY, { ...READY, vip: "10.0.1.200" }] },
      ),
    ],
    [
      { ...nobody, vip: "10.0.1.200" },
      { ...fails("primary"), vip: "10.0.1.200" },
    ],
  ],
  [
    "nobody who serves one of two pairs that have the same address",
    [{ scrapes: 20, nodes: { ...pair(fault, fault).nodes, a: inPair("db", serves), b: inPair("db", ready) } }],
    [nobody],
  ],

  ["both nodes MASTER, where one has the address", [pair(serves, elsewhere)], [split, noStandby]],
  [
    "both nodes MASTER, where it is unknown who has the address",
    [pair(failing(serves), elsewhere)],
    [nobody, split, fails("primary")],
  ],
  [
    "a node that has stepped down since the MASTER does not hear it",
    [pair(serves, { receipts: [{ ...READY, vrrp: "FAULT", agree: "unknown", yields: true }] })],
    [split, noStandby],
  ],
  ["both nodes MASTER for a moment", [pair(ready, serves), pair(elsewhere, serves, 4)], []],
  [
    "a MASTER beside the old metrics of another",
    [WELL, pair(silenced(serves), serves)],
    [noStandby, silent("primary")],
  ],
  [
    "two pairs with one MASTER each",
    [{ scrapes: 20, nodes: { ...WELL.nodes, a: inPair("db", serves), b: inPair("db", ready) } }],
    [],
  ],

  ["a standby in FAULT", [pair(serves, fault)], [noStandby]],
  ["a standby that is drained", [pair(serves, drained)], [noStandby]],
  ["a standby that is down", [WELL, pair(serves, down)], [noStandby, silent("secondary")]],
  ["a standby with old metrics", [pair(serves, silenced(ready))], [noStandby, silent("secondary")]],
  ["a standby without metrics", [pair(serves, bare)], [noStandby, silent("secondary")]],
  ["a standby whose agent ends again and again", [WELL, pair(serves, ended(ready))], [noStandby, silent("secondary")]],
  ["a standby that cannot ask the cloud", [pair(serves, failing(ready))], [noStandby, fails("secondary")]],

  [
    "credentials that are not renewed",
    [pair(telling(serves, { credentialsExpiry: END_S + 44 }), ready)],
    [expires("primary")],
  ],
  [
    "credentials that have expired",
    [pair(serves, telling(ready, { credentialsExpiry: END_S - 1 }))],
    [expires("secondary")],
  ],
  [
    "credentials that are renewed in the next moment",
    [pair(telling(serves, { credentialsExpiry: END_S + 46 }), ready)],
    [],
  ],
  ["no credentials", [pair(telling(serves, { credentialsExpiry: undefined }), ready)], []],
  [
    "old metrics about credentials that nobody uses any more",
    [pair(serves, silenced(telling(ready, { credentialsExpiry: END_S - 60 })))],
    [noStandby, silent("secondary")],
  ],

  ["a clock that is slow", [pair(telling(serves, { skewMs: 200_000 }), ready)], [clockOff("primary")]],
  ["a clock that is fast", [pair(serves, telling(ready, { skewMs: -200_000 }))], [clockOff("secondary")]],
  [
    "a clock that is a little off",
    [pair(telling(serves, { skewMs: 99_000 }), telling(ready, { skewMs: -99_000 }))],
    [],
  ],
  ["a clock of which nothing is known", [pair(telling(serves, { skewMs: undefined }), ready)], []],

  ["four promotions in a quarter of an hour", promotions(0, 1, 2, 3, 4), [flaps]],
  ["three promotions in a quarter of an hour", promotions(0, 1, 2, 3, 3), []],
  ["four promotions of a node long ago", [pair(telling(serves, { promotions: 4 }), ready)], []],

  ["four changes of the holder in a quarter of an hour", holderChanges(0, 1, 2, 3, 4), [flaps]],
  ["three changes of the holder, which both nodes see", holderChanges(0, 1, 2, 3, 3), []],
  ["an agent that counts anew", holderChanges(3, 3, 0, 0, 0), []],

  ["a pair that is well, by the nodes' own Prometheus", [pair(pushed(serves), pushed(ready))], []],
  ["both nodes MASTER, by their own Prometheus", [pair(pushed(serves), pushed(elsewhere))], [split, noStandby]],
  [
    "a frozen agent on the serving node, by the node's own Prometheus",
    [pair(pushed(serves), pushed(ready)), pair(pushed(silenced(serves)), pushed(ready))],
    [nobody, silent("primary")],
  ],
  [
    "an agent that ends on the standby, by the node's own Prometheus",
    [pair(pushed(serves), pushed(ready)), pair(pushed(serves), pushed(ended(ready)))],
    [noStandby, silent("secondary")],
  ],
  [
    "the serving node down, whose own Prometheus says nothing more",
    [pair(pushed(serves), pushed(ready)), pair(pushed({ ...serves, isUp: false }), pushed(ready), 16)],
    [nobody, silent("primary")],
  ],

  [
    "targets without the label 'pair'",
    [pair(inPair("", serves), inPair("", ready))],
    [unlabelled("primary"), unlabelled("secondary")],
  ],
];

/** A pair whose secondary has been promoted so often, one time after the other. */
function promotions(...counts: readonly number[]): Phase[] {
  return counts.map((count) => pair(serves, telling(ready, { promotions: count }), 10));
}

/** A pair both of whose nodes have seen so many changes of the holder, one time after the other. */
function holderChanges(...counts: readonly number[]): Phase[] {
  return counts.map((count) =>
    pair(...([serves, ready].map((view) => telling(view, { holderChanges: count })) as [NodeView, NodeView]), 10),
  );
}

sayIfMissing("the alert rules");
describe.runIf(hasPromtool)("the alert rules", () => {
  test("are taken by Prometheus", () => {
    expect(promtool(["check", "rules", "alerts.yml"], { "alerts.yml": RULES })).toMatchObject({ status: 0 });
  });

  test("are loaded by the configuration that docs/monitoring.md shows", () => {
    const [, config = ""] = /```yaml\n([^]*?)```/.exec(PAGE) ?? [];
    const { status, said } = promtool(["check", "config", "p.yml"], { "p.yml": config, "alerts.yml": RULES });
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("10 rules found") });
  });

  test("the configuration of a node's own Prometheus is taken, as one that stores and as one that only sends on", () => {
    const [, config = ""] = [...PAGE.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text);
    expect(config).toContain(`"${METRICS_ADDRESS}:${METRICS_PORT}"`);
    for (const how of [[], ["--agent"]]) {
      const { status, said } = promtool(["check", "config", ...how, "p.yml"], { "p.yml": config });
      expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("SUCCESS") });
    }
  });

  test.each(CASES)("wake the operator for just this: %s", (_, phases, firing) => {
    const { endS, ...seen } = testGroup(phases);
    const alerts = firing.map((each) => ({ ...each, ...ALERTS.get(each.alertname)?.labels }));
    const tests = stringify({
      rule_files: ["alerts.yml"],
      evaluation_interval: "15s",
      tests: [
        {
          ...seen,
          promql_expr_test: [
            {
              expr: 'sum without (alertstate) (ALERTS{alertstate="firing"})',
              eval_time: `${endS}s`,
              exp_samples: alerts.map((each) => ({ labels: selector(each), value: 1 })),
            },
          ],
          alert_rule_test: [...new Set(firing.map((each) => each.alertname))].map((alertname) => ({
            alertname,
            eval_time: `${endS}s`,
            exp_alerts: alerts.filter((each) => each.alertname === alertname).map(expected),
          })),
        },
      ],
    });
    const { status, said } = promtool(["test", "rules", "tests.yml"], { "alerts.yml": RULES, "tests.yml": tests });
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("SUCCESS") });
  });
});

test("each alert has a case in which it fires, words for the operator, and a line in docs/monitoring.md", () => {
  const firing = new Set(CASES.flatMap(([, , alerts]) => alerts.map((each) => each.alertname)));
  expect([...ALERTS.keys()].sort()).toEqual([...firing].sort());
  for (const { annotations } of ALERTS.values()) {
    expect(annotations["summary"]).toContain("{{");
    expect(annotations["description"]).toMatch(/^.{100,}\.$/);
  }
  const rows = [...PAGE.matchAll(/^\| `(Pairctl\w+)` \| (\w+) \|/gm)].map(([, name, severity]) => [name, severity]);
  expect(rows).toEqual([...ALERTS.values()].map(({ alert, labels: { severity } }) => [alert, severity]));
});

const selector = (found: Firing) =>
  `{${Object.entries(found)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;

/** An alert as promtool expects it, with what the operator reads. */
function expected({ alertname, ...exp_labels }: Firing) {
  const rendered = Object.entries(ALERTS.get(alertname)?.annotations ?? {}).map(([name, template]) => {
    const text = template
      .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => `${exp_labels[label]}`)
      .replace(/\{\{ or \$labels\.(\w+) "(.*?)" \}\}/g, (_, label: string, other: string) => exp_labels[label] ?? other)
      // A clock that is off is off by 200 s in all cases.
      .replace("{{ $value | humanizeDuration }}", "3m 20s");
    expect(text).not.toContain("{{");
    return [name, text];
  });
  return { exp_labels, exp_annotations: Object.fromEntries(rendered) };
}
