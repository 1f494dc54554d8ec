import { expect, test } from "vitest";
import { NodeMachines, type PoweredNode } from "../../src/nodes/machines.ts";

class FakeNode implements PoweredNode {
  isUp = false;
  readonly done: string[] = [];

  async powerOn(): Promise<void> {
    this.isUp = true;
    this.done.push("on");
  }

  async powerOff(): Promise<void> {
    this.isUp = false;
    this.done.push("shut down");
  }

  async crash(): Promise<void> {
    this.isUp = false;
    this.done.push("crashed");
  }

  async replaceDisk(): Promise<void> {
    this.done.push("new disk");
  }
}

test("the cloud boots a node, shuts it down and takes its power away, and what is so already stays so", async () => {
  const node = new FakeNode();
  const machines = new NodeMachines((instanceId) => (instanceId === "ins-11111111" ? node : undefined));
  await machines.shutDown("ins-11111111");
  await machines.powerOff("ins-11111111");
  expect(node.done).toEqual([]);
  await machines.powerOn("ins-11111111");
  await machines.powerOn("ins-11111111");
  await machines.shutDown("ins-11111111");
  await machines.powerOn("ins-11111111");
  await machines.powerOff("ins-11111111");
  expect(node.done).toEqual(["on", "shut down", "on", "crashed"]);
});

test("an instance that is none of the nodes has no machine", async () => {
  const machines = new NodeMachines(() => undefined);
  await expect(machines.powerOn("ins-22222222")).resolves.toBeUndefined();
  await expect(machines.shutDown("ins-22222222")).resolves.toBeUndefined();
});

test("the cloud gives a node that it reinstalls an empty disk before it boots", async () => {
  const node = new FakeNode();
  const machines = new NodeMachines((instanceId) => (instanceId === "ins-11111111" ? node : undefined));
  await machines.powerOn("ins-11111111");
  await machines.shutDown("ins-11111111");
  await machines.reinstall("ins-11111111");
  await machines.powerOn("ins-11111111");
  expect(node.done).toEqual(["on", "shut down", "new disk", "on"]);
  await expect(machines.reinstall("ins-22222222")).resolves.toBeUndefined();
});

test("a new instance that the cloud starts becomes a node, where one is to have its place", async () => {
  const node = new FakeNode();
  const taken: string[] = [];
  const machines = new NodeMachines(
    () => undefined,
    async (instanceId) => {
      taken.push(instanceId);
      return instanceId === "ins-33333333" ? node : undefined;
    },
  );
  await machines.powerOn("ins-33333333");
  await machines.powerOn("ins-44444444");
  expect(taken).toEqual(["ins-33333333", "ins-44444444"]);
  expect(node.done).toEqual(["on"]);
});
