import { expect, test } from "vitest";
import { changing, replacing } from "../support/fake-terraform.ts";
import { stackWorld } from "../support/stack-world.ts";

const stack = stackWorld("replace");

test("makes a standby anew with its association, and the node that serves is not touched", async () => {
  stack.terraform.makes("secondary", "ins-33333333");
  const { status, out } = await stack.run("secondary");
  expect(out).toBe("the secondary is ins-33333333 now");
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([replacing("secondary")]);
  expect(stack.world.holders).toEqual(["primary"]);
  expect((await stack.world.pair("status")).status).toBe(0);
});

test("makes a node anew that is gone for good", async () => {
  stack.terraform.isGone("secondary");
  stack.terraform.makes("secondary", "ins-33333333");
  stack.world.secondary.agentStatus = "not installed";
  const { status, out } = await stack.run("secondary", "--json");
  expect(JSON.parse(out)).toMatchObject({ replaced: "secondary", instanceId: "ins-33333333", problems: [] });
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([changing("secondary")]);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("the node that serves hands over first", async () => {
  stack.terraform.makes("primary", "ins-33333333");
  const { status, err } = await stack.run("primary");
  expect(err).toContain("the primary hands over to its peer: traffic has the outage of a graceful switch");
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([replacing("primary")]);
  expect(stack.world.holders).toEqual(["primary", "secondary"]);
});

test("refuses to replace the node that serves where the other one could not take over", async () => {
  stack.world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await stack.world.settle();
  const { status, err } = await stack.run("primary");
  expect(err).toContain("the secondary, which is the standby, could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
  expect(stack.terraform.applied).toEqual([]);
});

test("refuses to replace a standby where the other node does not serve", async () => {
  stack.world.failsOver = false;
  stack.world.primary.notify("FAULT");
  await stack.world.settle();
  const { status, err } = await stack.run("secondary");
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
  expect(stack.terraform.applied).toEqual([]);
});

test("refuses what Terraform refuses before the node that serves has handed over", async () => {
  stack.terraform.refusesReplacement("Instance cannot be destroyed");
  const { status, err } = await stack.run("primary");
  expect(err).toContain("Terraform does not plan it: Instance cannot be destroyed");
  expect(status).toBe(5);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("goes on where Terraform had removed the node and not made it anew", async () => {
  stack.terraform.hasLost("secondary");
  stack.terraform.makes("secondary", "ins-33333333");
  const { status } = await stack.run("secondary");
  expect(status).toBe(0);
  expect(stack.terraform.applied[0]).toBe(changing("secondary"));
  expect(stack.world.secondary.instanceId).toBe("ins-33333333");
});

test.each(["", "serving", "primary secondary"])("refuses '%s' as a node's name", async (names) => {
  const { status, err } = await stack.run(...names.split(" ").filter(Boolean));
  expect(err).toContain("the node must be one of primary, secondary, got '");
  expect(status).toBe(2);
});
