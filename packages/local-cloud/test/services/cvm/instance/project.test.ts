import { afterEach, beforeEach, expect, test } from "vitest";
import { machine } from "../../../support/provisioning.ts";
import { type RunningInstance, startInstance } from "../../../support/running-instance.ts";
import { eventually } from "../../../support/client.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: RunningInstance;
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startInstance();
});
afterEach(() => world.cloud.stop());

test("an instance is in the default project, and in another one that the account has once it was put there", async () => {
  expect(await world.shown()).toMatchObject([{ Placement: { ProjectId: 0 } }]);
  world.cloud.seed.project({ projectId: 7 });
  await world.ask("cvm:ModifyInstancesProject", { ...world.ids, ProjectId: 7 });
  await eventually(async () => expect(await world.shown()).toMatchObject([{ Placement: { ProjectId: 7 } }]));
});

test("refuses a project that the account has not, for a new instance as well", async () => {
  expect(await world.code("cvm:ModifyInstancesProject", { ...world.ids, ProjectId: 7 })).toBe(
    "InvalidProjectId.NotFound",
  );
  const Placement = { Zone: "ap-singapore-1", ProjectId: 7 };
  const body = machine(world.network, { VirtualPrivateCloud: world.network, Placement });
  expect(await world.code("cvm:RunInstances", body)).toBe("InvalidProjectId.NotFound");
});
