import { NODE_PATHS } from "pairctl/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hurriedClock, World } from "../support/world.ts";

const CHECK = `${NODE_PATHS.libexec}/check_service_1`;
const NODE_CONF = "/etc/pairctl/node.conf";

/** keepalived.conf with another text at its end. */
const conf = (more: string) => `vrrp_instance VIP {\n    interface eth0\n    virtual_router_id 51\n}\n${more}\n`;

let world: World;
beforeEach(async () => {
  world = await World.start();
});
afterEach(() => world[Symbol.asyncDispose]());

/** Gives the running nodes these files too, so that nothing of them is new. */
function running(changes: Readonly<Record<string, string>>): void {
  for (const node of [world.primary, world.secondary])
    for (const [path, text] of Object.entries(changes)) node.write(path, text);
}

test("delivers what has changed to both nodes, the standby first, and the pair is in step", async () => {
  running({ [NODE_PATHS.keepalivedConf]: conf("") });
  world.stack({ [NODE_PATHS.keepalivedConf]: conf("# new"), [NODE_PATHS.command]: "#!/bin/sh\necho two\n" });
  const { status, out, err } = await world.pair("push");
  expect(err).toMatch(/the secondary gets .*keepalived.conf.*\n(.*\n)*.*the primary gets/);
  expect(out).toContain(`secondary: has got ${NODE_PATHS.keepalivedConf}, ${NODE_PATHS.command}`);
  expect(status).toBe(0);
  for (const node of [world.primary, world.secondary]) {
    expect(node.read(NODE_PATHS.keepalivedConf)).toBe(conf("# new"));
    expect(node.systemctlCalls).toEqual(["restart pairctl", "reload keepalived"]);
  }
  expect((await world.pair("status")).status).toBe(0);
  expect(world.holders).toEqual(["primary"]);
  expect((await world.pair("push")).out).toBe("both nodes run what the stack says: nothing to deliver");
});

test("a changed health check is delivered without a word to keepalived, and one that is new with it", async () => {
  world.stack({ [CHECK]: "#!/bin/sh\ntrue\n", [NODE_CONF]: `PACKAGES='sh'\nCHECKS='${CHECK}'\n` });
  expect((await world.pair("push")).status).toBe(0);
  expect(world.primary.read(CHECK)).toBe("#!/bin/sh\ntrue\n");
  expect(world.primary.systemctlCalls).toEqual([]);
});

test("delivers other settings to nodes that miss what the old ones name, such as an EIP that was taken away", async () => {
  const settings = world.primary.read(NODE_PATHS.settings) ?? "";
  for (const node of [world.primary, world.secondary])
    node.write(NODE_PATHS.settings, (node.read(NODE_PATHS.settings) ?? "").replace("eip-11111111", "eip-gone"));
  expect((await world.pair("status")).status).not.toBe(0);
  expect((await world.pair("push")).status).toBe(0);
  expect(world.primary.read(NODE_PATHS.settings)).toBe(settings);
  expect((await world.pair("status")).status).toBe(0);
});

/** The settings of the nodes with a further address, which nobody has before the node that serves is told of it. */
function withFurtherVip(node: "primary" | "secondary"): string {
  const text = world[node].read(NODE_PATHS.settings) ?? "";
  return text.replace("}]", '},{"vip":"10.0.1.102","parkingIp":"10.0.1.103"}]');
}

/** The stack gives both nodes the further address. */
function stackHasFurtherVip(): void {
  const changes = (node: "primary" | "secondary") => ({ [NODE_PATHS.settings]: withFurtherVip(node) });
  world.stack(changes("primary"), changes("secondary"));
}

test("delivers a further address, which nobody has before the node that serves is told of it", async () => {
  stackHasFurtherVip();
  const { status, err } = await world.pair("push");
  expect(err).toMatch(/the secondary gets .*settings.json.*\n(.*\n)*.*the primary gets/);
  expect(status).toBe(0);
  for (const node of [world.primary, world.secondary]) expect(node.read(NODE_PATHS.settings)).toContain("10.0.1.102");
});

test("goes on where a push of a further address was interrupted after the standby", async () => {
  stackHasFurtherVip();
  world.secondary.write(NODE_PATHS.settings, withFurtherVip("secondary"));
  await world.settle();
  expect((await world.pair("push")).status).toBe(0);
  expect(world.primary.read(NODE_PATHS.settings)).toContain("10.0.1.102");
});

test("a further address does not excuse what else is wrong with the standby", async () => {
  stackHasFurtherVip();
  world.secondary.doctor = ["fail units: no pairctl (pairctl undrain)"];
  await world.settle();
  const { status, err } = await world.pair("push");
  expect(err).toContain("could not take over: its doctor says 'fail units");
  expect(status).toBe(5);
});

test("refuses other settings where the node that has the address is not MASTER, whatever the old ones name", async () => {
  world.failsOver = false;
  world.primary.notify("FAULT");
  await world.settle();
  for (const node of [world.primary, world.secondary])
    node.write(NODE_PATHS.settings, (node.read(NODE_PATHS.settings) ?? "").replace("eip-11111111", "eip-gone"));
  const { status, err } = await world.pair("push");
  expect(err).toContain("the primary has the address and does not serve (FAULT)");
  expect(status).toBe(5);
});

test("keeps the name of the node's own interface", async () => {
  running({ [NODE_PATHS.keepalivedConf]: conf("").replace("eth0", "ens5") });
  world.stack({ [NODE_PATHS.keepalivedConf]: conf("# new") });
  expect((await world.pair("push")).status).toBe(0);
  expect(world.primary.read(NODE_PATHS.keepalivedConf)).toBe(conf("# new").replace("eth0", "ens5"));
});

test("a dry run tries it on the nodes, and puts nothing in place", async () => {
  world.stack({ [NODE_PATHS.settings]: `${world.primary.read(NODE_PATHS.settings)?.trim()} \n` }, {});
  const before = world.primary.read(NODE_PATHS.settings);
  const { status, out } = await world.pair("push", "--dry-run");
  expect(out).toContain(`primary: would accept ${NODE_PATHS.settings}`);
  expect(out).toContain("secondary: has everything already");
  expect(status).toBe(0);
  expect(world.primary.read(NODE_PATHS.settings)).toBe(before);
});

test.each([
  [
    "a configuration that keepalived does not accept",
    { [NODE_PATHS.keepalivedConf]: conf("nonsense") },
    "Unknown keyword 'nonsense'",
  ],
  [
    "a pairctl that does not start",
    { [NODE_PATHS.command]: "#!/bin/sh\necho broken; exit 3\n" },
    "pairctl does not start: broken",
  ],
  [
    "a health check that fails at once",
    { [CHECK]: "#!/bin/sh\nno-such-program\n", [NODE_CONF]: `PACKAGES='sh'\nCHECKS='${CHECK}'\n` },
    `the health check ${CHECK} ends with 127`,
  ],
] as const)("refuses %s, and changes nothing", async (_, changes, reason) => {
  world.stack(changes);
  const before = world.secondary.read(NODE_PATHS.keepalivedConf);
  const { status, err } = await world.pair("push");
  expect(err).toMatch(/the (primary|secondary) does not accept what the stack says, and was not changed: /);
  expect(err).toContain(reason);
  expect(status).toBe(5);
  expect(world.secondary.read(NODE_PATHS.keepalivedConf)).toBe(before);
  expect(world.secondary.systemctlCalls).toEqual([]);
  expect((await world.pair("status")).out).toContain("does not run what the stack says");
});

test("a standby that does not become well with it gets its old files back, and the other node is not touched", async () => {
  running({ [NODE_PATHS.keepalivedConf]: conf("") });
  world.stack({ [NODE_PATHS.keepalivedConf]: conf("# breaks") });
  const { status, err } = await world.pair("push");
  expect(err).toContain(
    "the secondary did not become well with it, and has its old files again: fail keepalived: FAULT",
  );
  expect(status).toBe(5);
  for (const node of [world.primary, world.secondary]) expect(node.read(NODE_PATHS.keepalivedConf)).toBe(conf(""));
  expect(world.primary.systemctlCalls).toEqual([]);
});

test("where the node that serves does not become well with it, both have their old files again", async () => {
  running({ [NODE_PATHS.keepalivedConf]: conf("") });
  world.stack({ [NODE_PATHS.keepalivedConf]: conf("# breaks") }, { [NODE_PATHS.keepalivedConf]: conf("# fine") });
  const { status, err } = await world.pair("push");
  expect(err).toContain("the primary did not become well with it, and has its old files again");
  expect(status).toBe(5);
  for (const node of [world.primary, world.secondary]) expect(node.read(NODE_PATHS.keepalivedConf)).toBe(conf(""));
});

test("where a node has it and does not become well, both have their old files again, as if nothing had been delivered", async () => {
  world.clock = hurriedClock();
  const before = {
    primary: world.primary.read(NODE_PATHS.settings),
    secondary: world.secondary.read(NODE_PATHS.settings),
  };
  const changes = (node: "primary" | "secondary") => ({
    [NODE_PATHS.settings]: (before[node] ?? "").replace("eip-11111111", "eip-lost"),
  });
  world.stack(changes("primary"), { [NODE_PATHS.settings]: `${before.secondary} ` });
  const { status, err } = await world.pair("push");
  expect(err).toMatch(/the primary gets .*\n(.*\n)*.*putting both nodes back as they were/);
  expect(err).toMatch(/both nodes have their old files again: waited 120 s until the primary serves .* agree no/);
  expect(status).toBe(5);
  expect(world.primary.read(NODE_PATHS.settings)).toBe(before.primary);
  expect(world.secondary.read(NODE_PATHS.settings)).toBe(before.secondary);
});

test("a change of what VRRP says on the wire stops the standby until both nodes have it", async () => {
  running({ [NODE_PATHS.keepalivedConf]: conf("") });
  const other = conf("").replace("51", "52");
  world.stack({ [NODE_PATHS.keepalivedConf]: other });
  const { status, err } = await world.pair("push");
  expect(err).toContain("the nodes would not hear each other: keepalived stops on the secondary");
  expect(status).toBe(0);
  expect(world.secondary.systemctlCalls).toEqual([]);
  expect(world.primary.systemctlCalls).toEqual(["reload keepalived"]);
  expect(world.secondary.isDrained).toBe(false);
  for (const node of [world.primary, world.secondary]) expect(node.read(NODE_PATHS.keepalivedConf)).toBe(other);
});

test("refuses where the standby is not able, since a node that does not come back must have a peer", async () => {
  world.secondary.notify("FAULT");
  await world.settle();
  world.stack({ [NODE_PATHS.keepalivedConf]: conf("# new") });
  const { status, err } = await world.pair("push");
  expect(err).toContain("could not take over: its keepalived is FAULT");
  expect(status).toBe(5);
});

test("leaves files of the user's own alone", async () => {
  world.stack({ "/root/of-the-user": "changed\n" });
  expect((await world.pair("push")).out).toContain("nothing to deliver");
});
