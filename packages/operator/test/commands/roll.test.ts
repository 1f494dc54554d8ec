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

const roll = (...args: readonly string[]) =>
  world.inStack({ TERRAFORM_BINARY_NAME: terraform.program }, "roll", "--stack", terraform.folder, ...args);
const larger = { has: { instance_type: "S5.MEDIUM2" }, wanted: { instance_type: "S5.LARGE8" } };
const renamed = {
  has: { hostname: "web-a", instance_type: "S5.MEDIUM2" },
  wanted: { hostname: "web-b", instance_type: "S5.LARGE8" },
};

/** Another type: from a copy of the stack that lets the provider stop the node, and then from the stack itself. */
const typed = (role: "primary" | "secondary") => [changing(role), changing(role)];

test("changes the standby first, lets the other one hand over, and changes that one, with one move", async () => {
  terraform.nodes({ primary: larger, secondary: larger });
  const { status, out, err } = await roll();
  expect(err).toContain("primary: instance_type S5.MEDIUM2 → S5.LARGE8 (stops and starts it; its disks stay)");
  expect(out).toBe("the nodes have what the stack says, and the pair has its standby");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([...typed("secondary"), ...typed("primary")]);
  expect(world.holders).toEqual(["primary", "secondary"]);
  expect((await world.pair("status")).status).toBe(0);
});

test("does nothing where nothing is planned", async () => {
  expect(await roll()).toMatchObject({ status: 0 });
  expect(terraform.applied).toEqual([]);
});

test("what does not disturb a node is carried out without a move", async () => {
  const tagged = { has: {}, wanted: { tags: { stage: "test" } } };
  terraform.nodes({ primary: tagged, secondary: tagged });
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual([changing("secondary"), changing("primary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("a dry run says what would be done, and changes nothing", async () => {
  terraform.nodes({ secondary: larger });
  const { status, out } = await roll("--dry-run", "--json");
  expect(JSON.parse(out)).toEqual({
    nodes: [{ role: "secondary", what: "instance_type S5.MEDIUM2 → S5.LARGE8", way: "restarted" }],
    others: [],
  });
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([]);
});

test("goes on from where it was, with a node that it had drained and not changed", async () => {
  terraform.nodes({ primary: larger });
  world.primary.write("/var/lib/pairctl/rolling", "");
  world.primary.write("/state/enabled", "disabled\n");
  await world.settle();
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual(typed("primary"));
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
  terraform.nodes({ primary: larger, secondary: larger });
  await world.pair("drain", "secondary");
  const { status, err } = await roll();
  expect(err).toContain("the secondary was drained by somebody: 'pair undrain secondary' brings it back first");
  expect(status).toBe(5);
  expect(world.secondary.isDrained).toBe(true);
  expect(terraform.applied).toEqual([]);
});

test("refuses to change the standby where the other node does not serve", async () => {
  terraform.nodes({ primary: larger, secondary: larger });
  world.failsOver = false;
  world.primary.notify("FAULT");
  await world.settle();
  const { status, err } = await roll();
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
  expect(terraform.applied).toEqual([]);
});

test("refuses to take out the node that serves where the standby is not able", async () => {
  terraform.nodes({ primary: larger });
  world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await world.settle();
  const { status, err } = await roll();
  expect(err).toContain("could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
});

test("refuses where more than the nodes would be removed", async () => {
  terraform.nodes({ primary: larger });
  terraform.changes({ address: "tencentcloud_placement_group.Group", type: "x", actions: ["delete", "create"] });
  const { status, err } = await roll();
  expect(err).toContain("more than the nodes would be removed or replaced, tencentcloud_placement_group.Group");
  expect(status).toBe(5);
});

test("a record in the state alone may be made anew", async () => {
  terraform.nodes({ secondary: larger });
  terraform.changes({ address: "terraform_data.Found", type: "terraform_data", actions: ["delete", "create"] });
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toEqual(typed("secondary"));
});

test("refuses what Terraform does not plan, with its words", async () => {
  terraform.refuses("web/Pair/Identity: 'vip' is 10.0.1.100 as deployed and cannot become 10.0.1.200");
  const { status, err } = await roll();
  expect(err).toContain("Terraform does not plan it: web/Pair/Identity: 'vip' is 10.0.1.100 as deployed");
  expect(status).toBe(5);
});

test("stops where a change fails, and the node that serves is not touched", async () => {
  terraform.nodes({ primary: larger, secondary: larger });
  terraform.fails("ResourceInsufficient.SpecifiedInstanceType: sold out");
  const { status, err } = await roll();
  expect(err).toContain("Terraform has not carried it out: ResourceInsufficient.SpecifiedInstanceType: sold out");
  expect(status).toBe(7);
  expect(terraform.applied).toEqual([changing("secondary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("says what is planned beside the nodes, and leaves it to a deploy", async () => {
  terraform.nodes({ secondary: larger });
  terraform.changes({ address: "tencentcloud_eip.Vip_Eip", type: "tencentcloud_eip", actions: ["update"] });
  const { status, out } = await roll();
  expect(out).toContain("left alone: tencentcloud_eip.Vip_Eip; 'cdktf deploy' carries that out");
  expect(status).toBe(0);
});

test("refuses a state file, since it plans", async () => {
  const { status, err } = await world.pair("roll");
  expect(err).toContain("'--state' does not go with roll");
  expect(status).toBe(2);
});

test("finds what a deploy leaves alone, changes it in place, and leaves the stack's folder as it is", async () => {
  terraform.nodes({ primary: larger, secondary: larger });
  const { stack } = terraform;
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toHaveLength(4);
  expect(terraform.stack).toBe(stack);
  expect((await roll()).status).toBe(0);
  expect(terraform.applied).toHaveLength(4);
});

test("a node's private address is left alone: with a virtual one beside it, the provider may read that back", async () => {
  terraform.nodes({ primary: { has: { private_ip: "10.0.1.100" }, wanted: { private_ip: "10.0.1.11" } } });
  expect((await roll("--replace")).status).toBe(0);
  expect(terraform.applied).toEqual([]);
});

test("refuses to replace nodes where nobody said that their disks may be lost", async () => {
  terraform.nodes({ primary: renamed, secondary: renamed });
  const { status, err } = await roll();
  expect(err).toContain(
    "only a new instance gets it (primary: hostname web-a → web-b, instance_type S5.MEDIUM2 → S5.LARGE8; secondary: hostname",
  );
  expect(err).toContain("what is on the disks of the old one is lost: 'pair roll --replace' if that may be");
  expect(status).toBe(5);
  expect(terraform.applied).toEqual([]);
});

test("replaces the standby, with its association, lets the other one hand over, and replaces that one", async () => {
  terraform.nodes({ primary: renamed, secondary: renamed });
  terraform.makes("secondary", "ins-33333333");
  const { status, err } = await roll("--replace");
  expect(err).toContain("a new instance takes its place; what is on its disks is lost");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([replacing("secondary"), replacing("primary")]);
  expect(world.secondary.instanceId).toBe("ins-33333333");
  expect(world.holders).toEqual(["primary", "secondary"]);
});

test("refuses a replacement that Terraform refuses while the node that serves has not handed over yet", async () => {
  terraform.nodes({ primary: renamed });
  terraform.refusesReplacement("Instance cannot be destroyed");
  const { status, err } = await roll("--replace");
  expect(err).toContain("Terraform does not plan it: Instance cannot be destroyed");
  expect(status).toBe(5);
  expect(world.holders).toEqual(["primary"]);
});

test("goes on where Terraform had removed a node and not made it anew, and the other one is not touched", async () => {
  terraform.hasLost("secondary");
  terraform.makes("secondary", "ins-33333333");
  const { status, err } = await roll("--replace");
  expect(err).toContain("the node with the address 10.0.1.12 was removed and not made anew: creating it");
  expect(status).toBe(0);
  expect(terraform.applied).toEqual([changing("secondary")]);
  expect(world.holders).toEqual(["primary"]);
});

test("waits for a new node that sets itself up still, where a roll was killed that had made it", async () => {
  world.secondary.remove("/var/lib/pairctl/set-up");
  const { length } = world.secondary.scripts;
  world.secondary.onChange = async () => {
    if (world.secondary.scripts.length === length + 5) world.secondary.write("/var/lib/pairctl/set-up", "");
    await world.settle();
  };
  const { status, err, out } = await roll();
  expect(err).toContain("the secondary is as planned, and not up yet");
  expect(out).toContain("the pair has its standby");
  expect(status).toBe(0);
});
