import { expect, test } from "vitest";
import { contestOf, isContested } from "../../../src/mechanisms/ha-vip/contest.ts";
import { type Contest, noMemory } from "../../../src/protocol/memory.ts";
import type { Run } from "../../../src/protocol/run.ts";

const VIP = "10.0.1.100";

/** What a MASTER remembers after a look at a time, by the node's clock. */
function afterLook(
  before: Contest | undefined,
  at: number,
  look: { isHere: boolean; moved: string; promotion?: string },
): Contest | undefined {
  const memory = noMemory();
  memory.contests.set(VIP, before);
  const run = {
    address: { vip: VIP },
    host: { clock: () => at },
    session: { memory },
    notification: { state: look.promotion === undefined ? "" : "MASTER", line: look.promotion },
  } as unknown as Pick<Run, "address" | "host" | "notification" | "session">;
  return contestOf(run, { holder: look.isHere ? "mine" : "peer", flushedTime: look.moved });
}

const HERE: Contest = { promotion: undefined, flushedTime: "03:00:00" };

test("a MASTER that has not had the address yet has nothing to contest", () => {
  expect(afterLook(undefined, 0, { isHere: false, moved: "03:00:00" })).toBeUndefined();
});

test("the first look that sees it here remembers when the fabric moved it", () => {
  expect(afterLook(undefined, 0, { isHere: true, moved: "03:00:00" })).toEqual(HERE);
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

test("a node that remembers nothing has no contest", () => {
  expect(isContested(undefined, 0)).toBe(false);
});
