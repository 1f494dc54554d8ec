import { afterEach, beforeEach, expect, test } from "vitest";
import { changing, FakeTerraform, replacing } from "../support/fake-terraform.ts";
import { World } from "../support/world.ts";

let world: World;
let terraform: FakeTerraform;
beforeEach(async () => {
  world = await World.start();
  terraform = new FakeTerraform(world);
});
afterEach(() => world[Symbol.asyncDispose]());

const replace = (...args: readonly string[]) =>
  world.inStack({ TERRAFORM_BINARY_NAME: terraform.program }, "replace", "--stack", terraform.folder, ...args);

test("makes a standby anew with its association, and the node that serves is not touched", async () => {
  terraform.makes("secondary", "ins-33333333");
  const { status, out } = await replace("secondary");
  expect(out).toBe("the secondary is ins-33333333 now");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([replacing("secondary")]);
  expect(world.holders).toEqual(["primary"]);
  expect((await world.pair("status")).status).toBe(0);
});

test("makes a node anew that is gone for good", async () => {
  terraform.isGone("secondary");
  terraform.makes("secondary", "ins-33333333");
  world.secondary.agentStatus = "not installed";
  const { status, out } = await replace("secondary", "--json");
  expect(JSON.parse(out)).toMatchObject({ replaced: "secondary", instanceId: "ins-33333333", problems: [] });
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([changing("secondary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("the node that serves hands over first", async () => {
  terraform.makes("primary", "ins-33333333");
  const { status, err } = await replace("primary");
  expect(err).toContain("the primary hands over to its peer: traffic has the outage of a graceful switch");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([replacing("primary")]);
  expect(world.holders).toEqual(["primary", "secondary"]);
});

test("refuses to replace the node that serves where the other one could not take over", async () => {
  world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await world.settle();
  const { status, err } = await replace("primary");
  expect(err).toContain("the secondary, which is the standby, could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
  expect(terraform.applied).toEqual([]);
});

test("refuses to replace a standby where the other node does not serve", async () => {
  world.failsOver = false;
  world.primary.notify("FAULT");
  await world.settle();
  const { status, err } = await replace("secondary");
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
  expect(terraform.applied).toEqual([]);
});

test("refuses what Terraform refuses before the node that serves has handed over", async () => {
  terraform.refusesReplacement("Instance cannot be destroyed");
  const { status, err } = await replace("primary");
  expect(err).toContain("Terraform does not plan it: Instance cannot be destroyed");
  expect(status).toBe(5);
  expect(world.holders).toEqual(["primary"]);
});

test("goes on where Terraform had removed the node and not made it anew", async () => {
  terraform.hasLost("secondary");
  terraform.makes("secondary", "ins-33333333");
  const { status } = await replace("secondary");
  expect(status).toBe(0);
  expect(terraform.applied[0]).toBe(changing("secondary"));
  expect(world.secondary.instanceId).toBe("ins-33333333");
});

test.each(["", "serving", "primary secondary"])("refuses '%s' as a node's name", async (names) => {
  const { status, err } = await replace(...names.split(" ").filter(Boolean));
  expect(err).toContain("the node must be one of primary, secondary, got '");
  expect(status).toBe(2);
});
