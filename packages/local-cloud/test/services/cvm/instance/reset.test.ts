import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../support/client.ts";
import { type PairOfDisks, startWithDataDisk } from "../../../support/data-disk.ts";
import { PuppetMachines } from "../../../support/puppet-machines.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let world: PairOfDisks;
const keyId = "skey-11111111";
beforeEach(simulateTime);
beforeEach(async () => {
  world = await startWithDataDisk({}, { UserData: "aGVsbG8=" });
  world.cloud.seed.keyPair({ keyId, keyName: "ops", publicKey: "ssh-ed25519 AAAA" });
});
afterEach(() => world.cloud.stop());

const reset = (more: object = {}) => world.code("cvm:ResetInstance", { InstanceId: world.instanceId, ...more });
const instance = () => world.cloud.state.instances.get(world.instanceId);

test("a running instance is shut down, gets the image and the keys of the call, and runs; its data disks stay", async () => {
  expect(await reset({ ImageId: "img-mmytdhbn", LoginSettings: { KeyIds: [keyId] } })).toBeUndefined();
  expect(instance()).toMatchObject({ instanceState: "STOPPING", imageId: "img-487zeit5" });
  await world.isIn("RUNNING");
  expect(instance()).toMatchObject({
    imageId: "img-mmytdhbn",
    keyIds: [keyId],
    userData: "aGVsbG8=",
    latestOperation: { action: "ResetInstance", state: "SUCCESS" },
  });
  expect(await world.shown()).toMatchObject({ DiskState: "ATTACHED", InstanceId: world.instanceId });
});

test("what the call does not name stays, but for the key pairs: without login settings they are gone", async () => {
  await reset({
    LoginSettings: { KeyIds: [keyId] },
    HostName: "other",
    UserData: "Ynll",
    SystemDisk: { DiskSize: 60 },
  });
  await world.isIn("RUNNING");
  await reset();
  await eventually(() => expect(instance()).toMatchObject({ instanceState: "RUNNING", keyIds: [] }));
  expect(instance()).toMatchObject({ hostName: "other", userData: "Ynll", imageId: "img-487zeit5" });
  expect(world.cloud.state.disks.get(world.systemDiskId)).toMatchObject({ diskSize: 60 });
});

test("its machine boots with an empty disk, whether it ran or not", async () => {
  const machines = new PuppetMachines();
  world.cloud.plugInMachines(machines);
  const id = world.instanceId;
  machines.resisting.add(id);
  await reset();
  await world.isIn("RUNNING");
  expect(machines.done).toEqual([`off ${id}`, `reinstall ${id}`, `on ${id}`]);
  await world.ask("cvm:StopInstances", { InstanceIds: [id], StopType: "HARD" });
  await world.isIn("STOPPED");
  machines.done.splice(0);
  await reset();
  expect(instance()).toMatchObject({ instanceState: "STARTING" });
  await world.isIn("RUNNING");
  expect(machines.done).toEqual([`reinstall ${id}`, `on ${id}`]);
});

test("a reset that fails leaves everything as it was", async () => {
  world.cloud.faults.add({ action: "ResetInstance", task: "fails" });
  await reset({ ImageId: "img-mmytdhbn" });
  await world.isIn("RUNNING");
  expect(instance()).toMatchObject({ imageId: "img-487zeit5", latestOperation: { state: "FAILED" } });
});

test("refuses an image that is not there, a smaller disk, and keys beside the image's own login", async () => {
  expect(await reset({ ImageId: "img-99999999" })).toBe("InvalidImageId.NotFound");
  expect(await reset({ SystemDisk: { DiskSize: 20 } })).toBe("InvalidParameterValue");
  const LoginSettings = { KeyIds: [keyId], KeepImageLogin: "TRUE" };
  expect(await reset({ LoginSettings })).toBe("InvalidParameter.ParameterConflict");
});
