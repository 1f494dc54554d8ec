import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addressOf, changing, replacing } from "../support/fake-terraform.ts";
import { stackWorld } from "../support/stack-world.ts";

const stack = stackWorld("roll");
const larger = { has: { instance_type: "S5.MEDIUM2" }, wanted: { instance_type: "S5.LARGE8" } };
const renamed = {
  has: { hostname: "web-a", instance_type: "S5.MEDIUM2" },
  wanted: { hostname: "web-b", instance_type: "S5.LARGE8" },
};

/** Another type: from a copy of the stack that lets the provider stop the node, and then from the stack itself. */
const typed = (role: "primary" | "secondary") => [changing(role), changing(role)];

test("changes the standby first, lets the other one hand over, and changes that one, with one move", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  const { status, out, err } = await stack.run();
  expect(err).toContain("primary: instance_type S5.MEDIUM2 → S5.LARGE8 (stops and starts it; its disks stay)");
  expect(out).toBe("the nodes have what the stack says, and the pair has its standby");
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([...typed("secondary"), ...typed("primary")]);
  expect(stack.world.holders).toEqual(["primary", "secondary"]);
  expect((await stack.world.pair("status")).status).toBe(0);
});

test("does nothing where nothing is planned", async () => {
  expect(await stack.run()).toMatchObject({ status: 0 });
  expect(stack.terraform.applied).toEqual([]);
});

test("what does not disturb a node is carried out without a move", async () => {
  const tagged = { has: {}, wanted: { tags: { stage: "test" } } };
  stack.terraform.nodes({ primary: tagged, secondary: tagged });
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toEqual([changing("secondary"), changing("primary")]);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("a dry run says what would be done, and changes nothing", async () => {
  stack.terraform.nodes({ secondary: larger });
  const { status, out } = await stack.run("--dry-run", "--json");
  expect(JSON.parse(out)).toEqual({
    nodes: [{ role: "secondary", what: "instance_type S5.MEDIUM2 → S5.LARGE8", way: "restarted" }],
    others: [],
  });
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([]);
});

test("goes on from where it was, with a node that it had drained and not changed", async () => {
  stack.terraform.nodes({ primary: larger });
  stack.world.primary.write("/var/lib/pairctl/rolling", "");
  stack.world.primary.write("/state/enabled", "disabled\n");
  await stack.world.settle();
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toEqual(typed("primary"));
  expect(stack.world.primary.isDrained).toBe(false);
  expect((await stack.world.pair("status")).status).toBe(0);
});

test("goes on from where it was, with a node that was changed and is drained still", async () => {
  stack.world.primary.write("/var/lib/pairctl/rolling", "");
  stack.world.primary.write("/state/enabled", "disabled\n");
  await stack.world.settle();
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toEqual([]);
  expect(stack.world.primary.isDrained).toBe(false);
});

test("refuses where somebody has drained a node, and leaves it drained", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  await stack.world.pair("drain", "secondary");
  const { status, err } = await stack.run();
  expect(err).toContain("the secondary was drained by somebody: 'pair undrain secondary' brings it back first");
  expect(status).toBe(5);
  expect(stack.world.secondary.isDrained).toBe(true);
  expect(stack.terraform.applied).toEqual([]);
});

test("refuses to change the standby where the other node does not serve", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  stack.world.failsOver = false;
  stack.world.primary.notify("FAULT");
  await stack.world.settle();
  const { status, err } = await stack.run();
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
  expect(stack.terraform.applied).toEqual([]);
});

test("refuses to take out the node that serves where the standby is not able", async () => {
  stack.terraform.nodes({ primary: larger });
  stack.world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await stack.world.settle();
  const { status, err } = await stack.run();
  expect(err).toContain("could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
});

test("refuses where more than the nodes would be removed", async () => {
  stack.terraform.nodes({ primary: larger });
  stack.terraform.changes({ address: "tencentcloud_placement_group.Group", type: "x", actions: ["delete", "create"] });
  const { status, err } = await stack.run();
  expect(err).toContain("more than the nodes would be removed or replaced, tencentcloud_placement_group.Group");
  expect(status).toBe(5);
});

test("a record in the state alone may be made anew", async () => {
  stack.terraform.nodes({ secondary: larger });
  stack.terraform.changes({ address: "terraform_data.Found", type: "terraform_data", actions: ["delete", "create"] });
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toEqual(typed("secondary"));
});

test("refuses what Terraform does not plan, with its words", async () => {
  stack.terraform.refuses("web/Pair/Identity: 'vip' is 10.0.1.100 as deployed and cannot become 10.0.1.200");
  const { status, err } = await stack.run();
  expect(err).toContain("Terraform does not plan it: web/Pair/Identity: 'vip' is 10.0.1.100 as deployed");
  expect(status).toBe(5);
});

test("stops where a change fails, and the node that serves is not touched", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  stack.terraform.fails("ResourceInsufficient.SpecifiedInstanceType: sold out");
  const { status, err } = await stack.run();
  expect(err).toContain("Terraform has not carried it out: ResourceInsufficient.SpecifiedInstanceType: sold out");
  expect(status).toBe(7);
  expect(stack.terraform.applied).toEqual([changing("secondary")]);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("says what is planned beside the nodes, and leaves it to a deploy", async () => {
  stack.terraform.nodes({ secondary: larger });
  stack.terraform.changes({ address: "tencentcloud_eip.Vip_Eip", type: "tencentcloud_eip", actions: ["update"] });
  const { status, out } = await stack.run();
  expect(out).toContain("left alone: tencentcloud_eip.Vip_Eip; 'cdktf deploy' carries that out");
  expect(status).toBe(0);
});

test("refuses a state file, since it plans", async () => {
  const { status, err } = await stack.world.pair("roll");
  expect(err).toContain("'--state' does not go with roll");
  expect(status).toBe(2);
});

test("finds what a deploy leaves alone, changes it in place, and leaves the stack's folder as it is", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  const { stack: before } = stack.terraform;
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toHaveLength(4);
  expect(stack.terraform.stack).toBe(before);
  expect((await stack.run()).status).toBe(0);
  expect(stack.terraform.applied).toHaveLength(4);
});

test("takes away the copy of the stack that a roll was killed in", async () => {
  stack.terraform.nodes({ primary: larger, secondary: larger });
  const data = join(stack.terraform.folder, ".terraform");
  const abandoned = join(data, `pair-roll-${addressOf("secondary")}`);
  mkdirSync(abandoned, { recursive: true });
  writeFileSync(join(abandoned, "cdk.tf.json"), "not whole");
  expect((await stack.run()).status).toBe(0);
  expect(readdirSync(data)).toEqual([]);
});

test("a node's private address is left alone: with a virtual one beside it, the provider may read that back", async () => {
  stack.terraform.nodes({ primary: { has: { private_ip: "10.0.1.100" }, wanted: { private_ip: "10.0.1.11" } } });
  expect((await stack.run("--replace")).status).toBe(0);
  expect(stack.terraform.applied).toEqual([]);
});

test("refuses to replace nodes where nobody said that their disks may be lost", async () => {
  stack.terraform.nodes({ primary: renamed, secondary: renamed });
  const { status, err } = await stack.run();
  expect(err).toContain(
    "only a new instance gets it (primary: hostname web-a → web-b, instance_type S5.MEDIUM2 → S5.LARGE8; secondary: hostname",
  );
  expect(err).toContain("what is on the disks of the old one is lost: 'pair roll --replace' if that may be");
  expect(status).toBe(5);
  expect(stack.terraform.applied).toEqual([]);
});

test("replaces the standby, with its association, lets the other one hand over, and replaces that one", async () => {
  stack.terraform.nodes({ primary: renamed, secondary: renamed });
  stack.terraform.makes("secondary", "ins-33333333");
  const { status, err } = await stack.run("--replace");
  expect(err).toContain("a new instance takes its place; what is on its disks is lost");
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([replacing("secondary"), replacing("primary")]);
  expect(stack.world.secondary.instanceId).toBe("ins-33333333");
  expect(stack.world.holders).toEqual(["primary", "secondary"]);
});

test("refuses a replacement that Terraform refuses while the node that serves has not handed over yet", async () => {
  stack.terraform.nodes({ primary: renamed });
  stack.terraform.refusesReplacement("Instance cannot be destroyed");
  const { status, err } = await stack.run("--replace");
  expect(err).toContain("Terraform does not plan it: Instance cannot be destroyed");
  expect(status).toBe(5);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("goes on where Terraform had removed a node and not made it anew, and the other one is not touched", async () => {
  stack.terraform.hasLost("secondary");
  stack.terraform.makes("secondary", "ins-33333333");
  const { status, err } = await stack.run("--replace");
  expect(err).toContain("the node with the address 10.0.1.12 was removed and not made anew: creating it");
  expect(status).toBe(0);
  expect(stack.terraform.applied).toEqual([changing("secondary")]);
  expect(stack.world.holders).toEqual(["primary"]);
});

test("waits for a new node that sets itself up still, where a roll was killed that had made it", async () => {
  stack.world.secondary.remove("/var/lib/pairctl/set-up");
  const { length } = stack.world.secondary.scripts;
  stack.world.secondary.onChange = async () => {
    if (stack.world.secondary.scripts.length === length + 5) stack.world.secondary.write("/var/lib/pairctl/set-up", "");
    await stack.world.settle();
  };
  const { status, err, out } = await stack.run();
  expect(err).toContain("the secondary is as planned, and not up yet");
  expect(out).toContain("the pair has its standby");
  expect(status).toBe(0);
});

/** What Terraform says where another one has the lock: recorded of 1.11.4 with the backend `http`, but for the message. */
const stateLock = (message: string, id: string) => `Error acquiring the state lock
│
│ Error message: ${message}
│ Lock Info:
│   ID:        ${id}
│   Path:      pair/web.tfstate
│   Operation: OperationTypeApply
│   Who:       ops@desk
│   Version:   1.11.4
│   Created:   2026-11-27 02:06:29.437229027 +0000 UTC
│   Info:
│
│ Terraform acquires a state lock to protect the state from being written
│ by multiple users at the same time.
`;

test("refuses while another Terraform has the state, says whose it is, and what to do where that one was killed", async () => {
  stack.terraform.refuses(
    stateLock("lock file pair/web.tfstate.tflock exists", "044bbaf5-0b29-4d20-e3bd-fa4ef5ac0ed3"),
  );
  const { status, err } = await stack.run();
  expect(status).toBe(6);
  expect(err).toContain("another Terraform has the state, of ops@desk since 2026-11-27 02:06:29.437229027 +0000 UTC");
  expect(err).toContain("'terraform force-unlock 044bbaf5-0b29-4d20-e3bd-fa4ef5ac0ed3' in the stack's folder");
  expect(stack.terraform.applied).toEqual([]);
});

test("names the lock that is held, where Terraform shows the one that it has asked for beside it", async () => {
  const message = "HTTP remote state already locked:\n│ ID=b881e36c-fe3e-3c2f-ddc8-77533b6e87c1";
  stack.terraform.refuses(stateLock(message, "044bbaf5-0b29-4d20-e3bd-fa4ef5ac0ed3"));
  const { status, err } = await stack.run();
  expect(status).toBe(6);
  expect(err).toContain("'terraform force-unlock b881e36c-fe3e-3c2f-ddc8-77533b6e87c1'");
  expect(err).not.toContain("ops@desk");
});

test("says that it waits for another Terraform, which a command that was killed may have left behind", async () => {
  stack.terraform.refuses("something\nAcquiring state lock. This may take a few moments...");
  expect((await stack.run()).err).toContain("… another Terraform has the state: waiting for it, for up to 5 minutes");
});
