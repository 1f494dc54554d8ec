import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { call, eventually } from "../support/client.ts";
import { asRoot, eipTaskDone, haVipView, rootKey, startPair, taskDone } from "../support/pair.ts";

const vip = "10.0.1.100";
import { simulateTime } from "../support/simulated-time.ts";

let cloud: LocalCloud;
beforeEach(simulateTime);
beforeEach(async () => {
  cloud = await startPair({ taskMs: 400 });
});
afterEach(() => cloud.stop());

const terminate = (instanceId: string, more: object = {}) =>
  call(cloud, {
    key: rootKey,
    service: "cvm",
    action: "TerminateInstances",
    body: { InstanceIds: [instanceId], ...more },
  });

const migrate = (from: string, to: string) =>
  asRoot(cloud, "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: from,
    DestinationNetworkInterfaceId: to,
    PrivateIpAddress: vip,
  });

const gone = (instanceId: string) => eventually(() => expect(cloud.state.instances.has(instanceId)).toBe(false));

test("a migration fails, and the address stays, if its destination is terminated meanwhile", async () => {
  await terminate("ins-aaaaaaaa");
  const { RequestId } = await migrate("eni-parking0", "eni-aaaaaaaa");
  expect((await taskDone(cloud, RequestId)).Status).toBe("FAILED");
  await gone("ins-aaaaaaaa");
  expect(cloud.holderOf(vip)?.networkInterfaceId).toBe("eni-parking0");
  expect(cloud.state.addresses.get("eip-11111111")?.binding).toMatchObject({ networkInterfaceId: "eni-parking0" });
});

test("a migration fails if its source is terminated meanwhile, and takes the address with it", async () => {
  const { RequestId: first } = await migrate("eni-parking0", "eni-aaaaaaaa");
  await taskDone(cloud, first);
  await terminate("ins-aaaaaaaa");
  const { RequestId } = await migrate("eni-aaaaaaaa", "eni-bbbbbbbb");
  expect((await taskDone(cloud, RequestId)).Status).toBe("FAILED");
  expect(cloud.holderOf(vip)).toBeUndefined();
  expect(cloud.state.addresses.get("eip-11111111")?.binding).toBeUndefined();
});

test("an assignment fails if its ENI is terminated meanwhile", async () => {
  await terminate("ins-aaaaaaaa");
  const held: string[] = [];
  cloud.on("holder", (event) => event.networkInterfaceId && held.push(event.vip));
  const { RequestId } = await asRoot(cloud, "AssignPrivateIpAddresses", {
    NetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.50" }],
  });
  expect((await taskDone(cloud, RequestId)).Status).toBe("FAILED");
  expect(held).toEqual([]);
});

test("a binding fails, and the EIP is free, if its ENI is terminated meanwhile", async () => {
  await terminate("ins-aaaaaaaa");
  const { TaskId } = await asRoot(cloud, "AssociateAddress", { AddressId: "eip-22222222", InstanceId: "ins-aaaaaaaa" });
  expect((await eipTaskDone(cloud, TaskId)).Result).toBe("FAILED");
  expect(cloud.state.addresses.get("eip-22222222")).not.toHaveProperty("binding");
});

test("an EIP that is released with its instance takes its tags along", async () => {
  const { TaskId } = await asRoot(cloud, "AssociateAddress", { AddressId: "eip-22222222", InstanceId: "ins-aaaaaaaa" });
  await eipTaskDone(cloud, TaskId);
  await call(cloud, {
    key: rootKey,
    service: "tag",
    version: "2018-08-13",
    action: "ModifyResourceTags",
    body: {
      Resource: "qcs::vpc:ap-singapore:uin/:eip/eip-22222222",
      ReplaceTags: [{ TagKey: "stage", TagValue: "test" }],
    },
  });
  expect(cloud.state.tags.size).toBe(1);
  await terminate("ins-aaaaaaaa", { ReleaseAddress: true });
  await gone("ins-aaaaaaaa");
  expect(cloud.state.addresses.has("eip-22222222")).toBe(false);
  expect(cloud.state.tags.size).toBe(0);
});

test("a HAVIP loses its holder with the instance, and the association when the ENI is deleted", async () => {
  const networkInterfaceId = "eni-second00";
  const place = { subnetId: "subnet-11111111", privateIp: "10.0.1.13", instanceId: "ins-aaaaaaaa" };
  cloud.seed.networkInterface({ networkInterfaceId, ...place });
  cloud.seed.haVipAssociation({ haVipId: "havip-11111111", instanceId: networkInterfaceId, instanceType: "ENI" });
  expect(cloud.learn({ vip: "10.0.1.200", networkInterfaceId })).toBe(true);
  await call(cloud, {
    key: rootKey,
    service: "cvm",
    action: "TerminateInstances",
    body: { InstanceIds: ["ins-aaaaaaaa"] },
  });
  await eventually(() => expect(cloud.state.instances.has("ins-aaaaaaaa")).toBe(false));
  expect(await haVipView(cloud)).toMatchObject({ State: "UNBIND", NetworkInterfaceId: "" });
  await asRoot(cloud, "DeleteNetworkInterface", { NetworkInterfaceId: networkInterfaceId });
  await eventually(() => expect(cloud.state.networkInterfaces.has(networkInterfaceId)).toBe(false));
  expect(await haVipView(cloud)).toMatchObject({ State: "UNBIND", NetworkInterfaceId: "", HaVipAssociationSet: [] });
});
