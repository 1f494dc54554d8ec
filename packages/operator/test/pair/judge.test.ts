import { expect, test } from "vitest";
import type { NodeReport } from "../../src/node/report.ts";
import { judge } from "../../src/pair/judge.ts";
import type { NodeView, PairView } from "../../src/pair/pair-view.ts";
import type { DeployedPair } from "../../src/stack/deployed-pair.ts";
import type { CloudAddress } from "../../src/cloud/cloud-view.ts";

const report = (vrrp: NodeReport["vrrp"], agree: "yes" | "no" | "unknown" = "yes"): NodeReport => ({
  ...{ vrrp, since: undefined, receipts: [{ agree, ...(vrrp && { vrrp }) }], doctor: ["ok keepalived"] },
  ...{ isDrained: false, isSetUp: true, isRolling: false, differingFiles: [] },
});

function view(
  holder: CloudAddress["holder"],
  [primary, secondary]: readonly [NodeReport | undefined, NodeReport | undefined],
  states: readonly [string, string] = ["RUNNING", "RUNNING"],
): PairView {
  const node = (role: "primary" | "secondary", seen: NodeReport | undefined, state: string): NodeView => ({
    node: { role, instanceId: `ins-${role}`, privateIp: "10.0.1.1", address: "a.b", files: [] },
    instance: { instanceId: `ins-${role}`, state, instanceType: "S5.MEDIUM2" },
    ...{ report: seen, unreachable: seen === undefined ? "offline" : undefined },
  });
  const address = { vip: "10.0.1.100", holder, holderId: undefined, publicIp: "203.0.113.7", wantsPublicIp: true };
  const nodes = [node("primary", primary, states[0]), node("secondary", secondary, states[1])] as const;
  return {
    pair: {} as DeployedPair,
    cloud: { addresses: [address], instances: [nodes[0].instance, nodes[1].instance] },
    nodes,
  };
}

test("only what was seen to be well is well: over every state that nodes and cloud can be in", () => {
  const states = ["MASTER", "BACKUP", "FAULT", "STOP", "DEAD", undefined] as const;
  const reports = [
    undefined,
    ...states.flatMap((vrrp) => (["yes", "no", "unknown"] as const).map((agree) => report(vrrp, agree))),
  ];
  for (const holder of ["primary", "secondary", "parked", "nobody", "foreign"] as const) {
    for (const primary of reports) {
      for (const secondary of reports) {
        const { outcome } = judge(view(holder, [primary, secondary]));
        const [master, backup] = holder === "primary" ? [primary, secondary] : [secondary, primary];
        const isWell =
          (holder === "primary" || holder === "secondary") &&
          master?.vrrp === "MASTER" &&
          backup?.vrrp === "BACKUP" &&
          [master, backup].every((each) => each?.receipts[0]?.agree === "yes");
        expect(outcome === "well", JSON.stringify({ holder, primary, secondary })).toBe(isWell);
      }
    }
  }
});

test.each(["parked", "nobody", "foreign"] as const)(
  "nobody serves where the address is %s, whatever the nodes say",
  (holder) => {
    expect(judge(view(holder, [report("MASTER"), report("BACKUP")]))).toMatchObject({
      outcome: "nobodyServes",
      serves: "no",
    });
  },
);

test("nobody serves where the instance that has the address does not run", () => {
  const seen = judge(view("primary", [undefined, report("BACKUP")], ["STOPPED", "RUNNING"]));
  expect(seen.outcome).toBe("nobodyServes");
  expect(seen.problems).toContain("primary: has the address, and its instance is STOPPED");
});

test("a standby whose instance is gone could not take over", () => {
  const seen = judge(view("primary", [report("MASTER"), undefined], ["RUNNING", "GONE"]));
  expect(seen).toMatchObject({ outcome: "degraded", serves: "yes", standbyAble: "no" });
  expect(seen.problems).toEqual(["secondary: its instance is GONE"]);
});
