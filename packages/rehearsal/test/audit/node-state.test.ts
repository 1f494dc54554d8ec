import { expect, test } from "vitest";
import { type NodeSight, NodeStateTracker } from "../../src/audit/node-state.ts";

/** Takes a tracker through sights, a second apart. @returns what is new at each */
function news(...sights: NodeSight[]): string[] {
  const tracker = new NodeStateTracker();
  return sights.flatMap((sight, index) =>
    tracker.look(sight, 1_000 * (index + 1)).map(({ at, what, state }) => `${at} ${what} -> ${state ?? "as before"}`),
  );
}

const up = (processes: number, ...notified: [number, string][]): NodeSight => {
  return { isUp: true, processes, notified: notified.map(([at, state]) => ({ at, state })) };
};
const down = (...notified: [number, string][]): NodeSight => ({ ...up(0, ...notified), isUp: false });

test("a node that boots is without keepalived, then in INIT, then what keepalived notifies, at its own time", () => {
  expect(news(down(), up(0), up(2), up(2, [3_650, "BACKUP"]), up(2, [3_650, "BACKUP"]))).toEqual([
    "2000 is keepalived stopped -> keepalived stopped",
    "3000 is INIT -> INIT",
    "3650 notifies BACKUP -> BACKUP",
  ]);
});

test("a keepalived that is killed notifies nothing, and is seen to be gone", () => {
  expect(news(up(2, [900, "MASTER"]), up(0, [900, "MASTER"]))).toEqual([
    "900 notifies MASTER -> MASTER",
    "2000 is keepalived stopped -> keepalived stopped",
  ]);
});

test("a keepalived that is stopped in order still runs for a moment, which is no new start", () => {
  const stopped: [number, string][] = [
    [900, "MASTER"],
    [1_900, "STOP"],
  ];
  expect(news(up(2, [900, "MASTER"]), up(2, ...stopped), up(1, ...stopped), up(0, ...stopped))).toEqual([
    "900 notifies MASTER -> MASTER",
    "1900 notifies STOP -> keepalived stopped",
  ]);
});

test("the test of the configuration before a start is no start", () => {
  expect(news(up(0), up(1), up(2))).toEqual([
    "1000 is keepalived stopped -> keepalived stopped",
    "3000 is INIT -> INIT",
  ]);
});

test("what is on the disk from before a crash says nothing of the node after it", () => {
  const before: [number, string] = [900, "MASTER"];
  expect(news(up(2, before), down(before), up(0, before), up(2, before, [4_500, "BACKUP"]))).toEqual([
    "900 notifies MASTER -> MASTER",
    "2000 is powered off -> powered off",
    "3000 is keepalived stopped -> keepalived stopped",
    "4500 notifies BACKUP -> BACKUP",
  ]);
});

test("a MASTER that hears a weaker one stays MASTER, and several changes between two looks are all told", () => {
  expect(news(up(2, [800, "MASTER"], [850, "MASTER_RX_LOWER_PRI"], [900, "FAULT"], [950, "BACKUP"]))).toEqual([
    "800 notifies MASTER -> MASTER",
    "850 notifies MASTER_RX_LOWER_PRI -> as before",
    "900 notifies FAULT -> FAULT",
    "950 notifies BACKUP -> BACKUP",
  ]);
});

test("a notification that is written late does not come before what was seen meanwhile", () => {
  expect(news(up(0), up(2), up(2, [1_950, "BACKUP"]))).toEqual([
    "1000 is keepalived stopped -> keepalived stopped",
    "2000 is INIT -> INIT",
    "2000 notifies BACKUP -> BACKUP",
  ]);
});
