import { expect, test } from "vitest";
import { LocalCloud, type Snapshot } from "../src/index.ts";

test("a cloud goes on from another one's snapshot, which is plain JSON", async () => {
  await using first = await LocalCloud.start({ region: "ap-singapore", taskMs: 1 });
  first.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  const text = JSON.stringify(await first.snapshot());
  await using second = await LocalCloud.start({ region: "ap-singapore", snapshot: JSON.parse(text) as Snapshot });
  expect([...second.state.vpcs]).toEqual([...first.state.vpcs]);
});

test.each([
  [{ version: 1 }, "the state of the local cloud must have the version 2, got 1: remove it together with"],
  [{ region: "ap-tokyo" }, "is of the region 'ap-tokyo', not of 'ap-singapore'"],
  [{ maps: { moons: [] } }, "has 'moons', which this version does not know"],
])("refuses a snapshot with %j", async (change, message) => {
  const snapshot = { version: 2, region: "ap-singapore", maps: {}, ...change } as Snapshot;
  await expect(LocalCloud.start({ region: "ap-singapore", snapshot })).rejects.toThrow(message);
});
