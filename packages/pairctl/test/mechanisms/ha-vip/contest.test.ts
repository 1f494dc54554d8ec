import { expect, test } from "vitest";
import { contest, isContested } from "../../../src/mechanisms/ha-vip/contest.ts";
import type { HaVipObservation } from "../../../src/mechanisms/ha-vip/observe.ts";
import { type Memory, NOTHING } from "../../../src/protocol/memory.ts";
import type { Run } from "../../../src/protocol/run.ts";

/** What a MASTER remembers after a look at a time, by the node's clock. */
function afterLook(memory: Memory, at: number, look: { isHere: boolean; moved: string; promotion?: string }): Memory {
  const run = {
    host: { clock: () => at },
    memory,
    notification: look.promotion === undefined ? undefined : { state: "MASTER", line: look.promotion },
  } as unknown as Pick<Run, "host" | "memory" | "notification">;
  const seen = { holder: look.isHere ? "mine" : "peer", flushedTime: look.moved } as HaVipObservation;
  return contest(run, seen);
}

const HERE: Memory = { role: "ha-vip master", promotion: undefined, flushedTime: "03:00:00" };

test("a MASTER that has not had the address yet has nothing to contest", () => {
  expect(afterLook(NOTHING, 0, { isHere: false, moved: "03:00:00" })).toEqual(NOTHING);
});

test("the first look that sees it here remembers when the fabric moved it", () => {
  expect(afterLook(NOTHING, 0, { isHere: true, moved: "03:00:00" })).toEqual(HERE);
});

test.each([
  ["it is elsewhere", { isHere: false, moved: "03:00:00" }],
  ["it is here, but has been elsewhere in between", { isHere: true, moved: "03:00:14" }],
])("contested is an address that has moved since the last look: %s", (_, look) => {
  const memory = afterLook(HERE, 20_000, look);
  expect(memory).toMatchObject({ contestedAt: 20_000, flushedTime: look.moved });
  expect([20_000, 49_999, 50_000].map((now) => isContested(memory, now))).toEqual([true, true, false]);
});

test("one that stays is not, and looks that see it stay do not prolong what was", () => {
  expect(isContested(afterLook(HERE, 20_000, { isHere: true, moved: "03:00:00" }), 20_000)).toBe(false);
  const contested = afterLook(HERE, 20_000, { isHere: true, moved: "03:00:14" });
  expect(afterLook(contested, 40_000, { isHere: true, moved: "03:00:14" })).toEqual(contested);
});

test("a memory of the other mechanism, or of a node that is no MASTER, is never one of a contest", () => {
  expect(isContested(NOTHING, 0)).toBe(false);
  expect(isContested({ role: "master", promotion: undefined, retakes: 0 }, 0)).toBe(false);
});
