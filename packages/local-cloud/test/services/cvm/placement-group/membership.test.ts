import { afterEach, beforeEach, expect, test } from "vitest";
import { PuppetMachines } from "../../../support/puppet-machines.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { eventually } from "../../../support/client.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: RunningInstance;
let groups: string[];
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startInstance();
  groups = [];
  for (const Name of ["one", "two"]) {
    groups.push((await world.ask("cvm:CreateDisasterRecoverGroup", { Name, Type: "HOST" })).DisasterRecoverGroupId);
  }
});
afterEach(() => world.cloud.stop());

const put = (group: string | undefined, more: object = {}) =>
  world.code("cvm:ModifyInstancesDisasterRecoverGroup", {
    ...world.ids,
    DisasterRecoverGroupIds: [group],
    ...more,
  });
const isIn = (DisasterRecoverGroupId: string | undefined) =>
  eventually(async () =>
    expect(await world.shown()).toMatchObject([{ DisasterRecoverGroupId, InstanceState: "RUNNING" }]),
  );

test("an instance goes into a placement group and into another one while it runs; by force it is booted anew", async () => {
  const machines = new PuppetMachines();
  world.cloud.plugInMachines(machines);
  expect(await put(groups[0])).toBeUndefined();
  await isIn(groups[0]);
  expect(machines.done).toEqual([]);
  expect(await put(groups[1], { Force: true })).toBeUndefined();
  await isIn(groups[1]);
  const [id] = world.ids.InstanceIds;
  expect(machines.done).toEqual([`shut down ${id}`, `on ${id}`]);
});

test("refuses the group that it is in, and more than one", async () => {
  await put(groups[0]);
  await isIn(groups[0]);
  expect(await put(groups[0])).toBe("FailedOperation.AlreadyInDisasterRecoverGroup");
  expect(await put(groups[0], { DisasterRecoverGroupIds: groups })).toBe("InvalidParameterValue.NotSupported");
});
