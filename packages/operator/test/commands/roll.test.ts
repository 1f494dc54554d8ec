import { afterEach, beforeEach, expect, test } from "vitest";
import { addressOf, changeOf, FakeTerraform } from "../support/fake-terraform.ts";
import { World } from "../support/world.ts";

let world: World;
let terraform: FakeTerraform;
beforeEach(async () => {
  world = await World.start();
  terraform = new FakeTerraform(world);
});
afterEach(() => world[Symbol.asyncDispose]());

const roll = (...args: readonly string[]) =>
  world.inStack({ TERRAFORM_BINARY_NAME: terraform.program }, "roll", "--stack", terraform.folder, ...args);
const larger = (role: "primary" | "secondary") =>
  changeOf(role, { instance_type: "S5.MEDIUM2" }, { instance_type: "S5.LARGE8" });

test("changes the standby first, lets the other one hand over, and changes that one, with one move", async () => {
  terraform.plans([larger("primary"), larger("secondary")]);
  const { status, out, err } = await roll();
  expect(err).toContain("primary: instance_type S5.MEDIUM2 → S5.LARGE8 (takes the node out)");
  expect(out).toBe("the nodes are as planned, and the pair has its standby");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([addressOf("secondary"), addressOf("primary")]);
  expect(world.holders).toEqual(["primary", "secondary"]);
  expect((await world.pair("status")).status).toBe(0);
});

test("does nothing where nothing is planned", async () => {
  expect(await roll()).toMatchObject({ status: 0 });
  expect(terraform.applied).toEqual([]);
});

test("what does not disturb a node is carried out without a move", async () => {
  const tags = { tags: { stage: "test" } };
  terraform.plans([changeOf("primary", {}, tags), changeOf("secondary", {}, tags)]);
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual([addressOf("secondary"), addressOf("primary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("a dry run says what would be done, and changes nothing", async () => {
  terraform.plans([larger("secondary")]);
  const { status, out } = await roll("--dry-run", "--json");
  expect(JSON.parse(out)).toEqual({
    nodes: [{ role: "secondary", what: "instance_type S5.MEDIUM2 → S5.LARGE8", isQuiet: false }],
    others: [],
  });
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([]);
});

test("goes on from where it was, with a node that it had drained and not changed", async () => {
  terraform.plans([larger("primary")]);
  world.primary.write("/var/lib/pairctl/rolling", "");
  world.primary.write("/state/enabled", "disabled\n");
  await world.settle();
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual([addressOf("primary")]);
  expect(world.primary.isDrained).toBe(false);
  expect((await world.pair("status")).status).toBe(0);
});

test("goes on from where it was, with a node that was changed and is drained still", async () => {
  world.primary.write("/var/lib/pairctl/rolling", "");
  world.primary.write("/state/enabled", "disabled\n");
  await world.settle();
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual([]);
  expect(world.primary.isDrained).toBe(false);
});

test("refuses where somebody has drained a node, and leaves it drained", async () => {
  terraform.plans([larger("primary"), larger("secondary")]);
  await world.pair("drain", "secondary");
  const { status, err } = await roll();
  expect(err).toContain("the secondary was drained by somebody: 'pair undrain secondary' brings it back first");
  expect(status).toBe(5);
  expect(world.secondary.isDrained).toBe(true);
  expect(terraform.applied).toEqual([]);
});

test("refuses to change the standby where the other node does not serve", async () => {
  terraform.plans([larger("primary"), larger("secondary")]);
  world.failsOver = false;
  world.primary.notify("FAULT");
  await world.settle();
  const { status, err } = await roll();
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
  expect(terraform.applied).toEqual([]);
});

test("refuses to take out the node that serves where the standby is not able", async () => {
  terraform.plans([larger("primary")]);
  world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await world.settle();
  const { status, err } = await roll();
  expect(err).toContain("could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
});

test("refuses where more than the nodes would be removed", async () => {
  const group = { address: "tencentcloud_placement_group.Pair_PlacementGroup", mode: "managed", type: "x" };
  terraform.plans([larger("primary"), { ...group, change: { actions: ["delete", "create"] } }]);
  const { status, err } = await roll();
  expect(err).toContain(
    "more than the nodes would be removed or replaced, tencentcloud_placement_group.Pair_PlacementGroup",
  );
  expect(status).toBe(5);
});

test("a record in the state alone may be made anew", async () => {
  const record = { address: "terraform_data.Pair_InstanceTypeCheck_Found", mode: "managed", type: "terraform_data" };
  terraform.plans([larger("secondary"), { ...record, change: { actions: ["delete", "create"] } }]);
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual([addressOf("secondary")]);
});

test("refuses what Terraform does not plan, with its words", async () => {
  terraform.refuses("web/Pair/Identity: 'vip' is 10.0.1.100 as deployed and cannot become 10.0.1.200");
  const { status, err } = await roll();
  expect(err).toContain("Terraform does not plan it: web/Pair/Identity: 'vip' is 10.0.1.100 as deployed");
  expect(status).toBe(5);
});

test("stops where a change fails, and the node that serves is not touched", async () => {
  terraform.plans([larger("primary"), larger("secondary")]);
  terraform.fails("ResourceInsufficient.SpecifiedInstanceType: sold out");
  const { status, err } = await roll();
  expect(err).toContain("Terraform has not carried it out: ResourceInsufficient.SpecifiedInstanceType: sold out");
  expect(status).toBe(7);
  expect(terraform.applied).toEqual([addressOf("secondary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("says what is planned beside the nodes, and leaves it to a deploy", async () => {
  const eip = { address: "tencentcloud_eip.Vip_Eip", mode: "managed", type: "tencentcloud_eip" };
  terraform.plans([larger("secondary"), { ...eip, change: { actions: ["update"] } }]);
  const { status, out } = await roll();
  expect(out).toContain("left alone: tencentcloud_eip.Vip_Eip; 'cdktf deploy' carries that out");
  expect(status).toBe(0);
});

test("refuses a state file, since it plans", async () => {
  const { status, err } = await world.pair("roll");
  expect(err).toContain("'--state' does not go with roll");
  expect(status).toBe(2);
});
