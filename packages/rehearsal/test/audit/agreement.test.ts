import { describe, expect, test } from "vitest";
import { judge, standbyProblems } from "../../src/audit/agreement.ts";
import type { NodeObservation, Observation } from "../../src/audit/observation.ts";

const ADVERT_INT_MS = 1_000;
const master: NodeObservation = { role: "primary", isUp: true, runsKeepalived: true, hasVip: true, advertAgeMs: 400 };
const backup: NodeObservation = {
  role: "secondary",
  isUp: true,
  runsKeepalived: true,
  hasVip: false,
  advertAgeMs: undefined,
};

/** A pair that is well, but for what is changed. */
function observation(change: Partial<Observation> = {}): Observation {
  return {
    nodes: [master, backup],
    holder: "primary",
    eipProblem: undefined,
    answers: new Map([
      ["VIP", ["primary"]],
      ["EIP", ["primary"]],
    ]),
    ...change,
  };
}

const problemsOf = (change: Partial<Observation>) => judge(observation(change), ADVERT_INT_MS).problems;

describe("a pair that is well", () => {
  test("has one node that serves", () => {
    expect(judge(observation(), ADVERT_INT_MS)).toEqual({ serving: "primary", problems: [] });
  });

  test("may miss one advert, but not two", () => {
    const late = (advertAgeMs: number) => problemsOf({ nodes: [{ ...master, advertAgeMs }, backup] });
    expect(late(1_600)).toEqual([]);
    expect(late(2_100)[0]).toBe("one node must send adverts, nobody do");
  });
});

test.each<[string, Partial<Observation>, RegExp]>([
  [
    "both nodes are MASTER",
    { nodes: [master, { ...backup, advertAgeMs: 10, hasVip: true }] },
    /one node must send adverts, the primary and the secondary do/,
  ],
  [
    "a killed keepalived has left the VIP on the other node",
    { nodes: [master, { ...backup, runsKeepalived: false, hasVip: true }] },
    /the VIP must be on the MASTER only, it is on the primary and the secondary/,
  ],
  ["the MASTER has lost the VIP", { nodes: [{ ...master, hasVip: false }, backup] }, /it is on nobody/],
  [
    "no keepalived runs where adverts come from",
    { nodes: [{ ...master, runsKeepalived: false }, backup] },
    /the primary must run keepalived/,
  ],
  ["the cloud has the address elsewhere", { holder: "secondary" }, /the cloud must say .* it says secondary/],
  ["nobody has the address", { holder: undefined }, /it says nobody/],
  ["the EIP is unbound", { eipProblem: "the EIP must be bound" }, /the EIP must be bound/],
  ["nobody answers through the EIP", { answers: new Map([["EIP", []]]) }, /through the EIP, it reaches nobody/],
  [
    "the other node answers, too",
    { answers: new Map([["VIP", ["primary", "secondary"]]]) },
    /through the VIP, it reaches primary, secondary/,
  ],
])("nobody serves where %s", (_, change, problem) => {
  const { serving, problems } = judge(observation(change), ADVERT_INT_MS);
  expect(serving).toBeUndefined();
  expect(problems.join("\n")).toMatch(problem);
});

describe("a standby", () => {
  test("is up and runs keepalived", () => {
    expect(standbyProblems(observation(), "primary")).toEqual([]);
  });

  test.each<[string, Partial<NodeObservation>, string]>([
    ["the node is down", { isUp: false }, "the secondary must be up, to be the standby"],
    ["no keepalived runs", { runsKeepalived: false }, "the secondary must run keepalived, to be the standby"],
  ])("is none where %s", (_, change, problem) => {
    expect(standbyProblems(observation({ nodes: [master, { ...backup, ...change }] }), "primary")).toEqual([problem]);
  });
});
