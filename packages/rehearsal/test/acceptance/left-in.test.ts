import { LocalCloud } from "local-cloud";
import { expect, test } from "vitest";
import { leftIn } from "../../src/acceptance/left-in.ts";

/** A cloud which has one of each of these kinds. */
async function cloudWith(...kinds: readonly (keyof LocalCloud["state"])[]): Promise<Pick<LocalCloud, "state">> {
  await using cloud = await LocalCloud.start({ region: "ap-singapore" });
  const entries = kinds.map((kind) => [kind, new Map([["id", {}]])] as const);
  return { state: { ...cloud.state, ...Object.fromEntries(entries) } };
}

test("a cloud in which nothing was made has nothing left", async () => {
  expect(leftIn(await cloudWith())).toEqual([]);
});

test.each(["securityGroups", "keyPairs", "instances", "policies", "haVips", "placementGroups"] as const)(
  "%s count among what a run has left",
  async (kind) => {
    expect(leftIn(await cloudWith(kind))).toEqual([`1 ${kind}`]);
  },
);

test("what was done is no resource: tasks and commands stay behind", async () => {
  expect(leftIn(await cloudWith("tasks", "invocations", "images"))).toEqual([]);
});
