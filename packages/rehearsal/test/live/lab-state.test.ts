import { describe, expect, test } from "vitest";
import type { LabState } from "../../src/live/lab-state.ts";
import { runRecord } from "../report/run.ts";
import { campaignOf, happens, type Step, steps, tells } from "./campaign.ts";

function labOf(all: readonly Step[]): LabState {
  const lab = campaignOf(1, all).labs.get(1);
  if (lab === undefined) throw new Error("the lab is not there");
  return lab;
}

describe("the state of a lab", () => {
  test("has the states of both nodes, who has the address and who answers the client, and since when", () => {
    const lab = labOf(steps());
    expect(lab.nodes).toEqual({
      primary: { value: "keepalived stopped", since: 6_000 },
      secondary: { value: "BACKUP", since: 1_500 },
    });
    expect(lab.holder).toBe("primary");
    expect([...lab.client]).toEqual([
      ["VIP", { value: [], since: 5_600 }],
      ["EIP", { value: ["primary"], since: 2_050 }],
    ]);
  });

  test("keeps since when a node is in its state where that is only said once more", () => {
    const lab = labOf([...steps(), happens(9_000, "secondary", "state", "is BACKUP", { state: "BACKUP" })]);
    expect(lab.nodes.secondary).toEqual({ value: "BACKUP", since: 1_500 });
  });

  test("knows an address that nobody has from one that nothing was said of", () => {
    expect(labOf(steps().slice(0, 1)).holder).toBeUndefined();
    expect(
      labOf([...steps(), happens(9_000, "cloud", "holder", "on no interface", { holder: null })]).holder,
    ).toBeNull();
  });

  test("goes from phase to phase of a run, and on to the next one", () => {
    const phases = ["healing", "settling", "audit", "closing failover"] as const;
    const through = phases.map((phase, index) => tells(10_000 + index, { kind: "phase", phase }));
    const run = [...steps(), ...through, tells(20_000, { kind: "run", record: runRecord() })];
    phases.forEach((value, index) => {
      expect(labOf(run.slice(0, steps().length + index + 1)).phase).toEqual({ value, since: 10_000 + index });
    });
    expect(labOf([...run, tells(20_001, { kind: "ready", isWell: true })]).phase.value).toBe("ready");
    expect(labOf([...run, tells(20_001, { kind: "kept" })]).phase.value).toBe("kept");
    const ended = labOf([...run, tells(20_001, { kind: "ends" })]);
    expect([ended.phase.value, ended.client.size]).toEqual(["end", 0]);
  });

  test("lists the events of the run only, counted from its fault, without what is routine or told afterwards", () => {
    const lab = labOf([
      ...steps(),
      happens(6_100, "cloud", "call", "DescribeHaVips from primary: OK"),
      happens(6_200, "secondary", "pairctl", "pairctl (notify): moved after 80 ms"),
      happens(6_300, "secondary", "address", "takes the VIP"),
    ]);
    expect(lab.zero).toBe(5_000);
    expect(lab.events.map(({ what }) => what)).toEqual([
      "FAULT: keepalived is stopped",
      "is keepalived stopped",
      "takes the VIP",
    ]);
  });

  test("lists the events in the order of their times, also where one is told late", () => {
    const lab = labOf([
      ...steps(),
      happens(7_020, "cloud", "holder", "10.0.1.100 is on secondary", { holder: "secondary" }),
      happens(7_000, "secondary", "state", "notifies MASTER", { state: "MASTER" }),
    ]);
    expect(lab.events.map(({ what }) => what).slice(-2)).toEqual(["notifies MASTER", "10.0.1.100 is on secondary"]);
    expect(lab.nodes.secondary).toEqual({ value: "MASTER", since: 7_000 });
  });

  test("forgets all but the last events", () => {
    const many = Array.from({ length: 500 }, (_, index) => happens(7_000 + index, "cloud", "call", `call ${index}`));
    const { events } = labOf([...steps(), ...many]);
    expect(events).toHaveLength(10);
    expect(events.at(-1)?.what).toBe("call 499");
  });
});
