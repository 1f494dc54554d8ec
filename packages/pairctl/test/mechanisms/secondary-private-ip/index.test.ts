import type { Assumptions } from "local-cloud";
import { beforeEach, describe, expect, test } from "vitest";
import type { Host } from "../../../src/node/host.ts";
import { actions, startNodes, type TestNode, VIP } from "../../support/pair.ts";
import { network, simulateTimers } from "../../support/simulated-time.ts";

beforeEach(simulateTimers);

type Pair = Awaited<ReturnType<typeof startNodes>>;

/** What the cloud may be like that is not believed, and what pairctl calls then. */
const READINGS: readonly (readonly [Partial<Assumptions>, readonly string[]])[] = [
  [
    { "migration-from-free-eni": "refused" },
    ["UnassignPrivateIpAddresses", "AssignPrivateIpAddresses", "AssociateAddress"],
  ],
  [{ "eip-of-migrated-address": "stays" }, ["DescribeAddresses", "DisassociateAddress", "AssociateAddress"]],
  [{ "eip-of-migrated-address": "unbound" }, ["AssociateAddress"]],
  [{ "migration-from-free-eni": "refused", "eip-of-migrated-address": "stays" }, ["UnassignPrivateIpAddresses"]],
  [{ "migrating-state": "not-shown" }, ["MigratePrivateIpAddress"]],
  [{ "address-ip-filter": "prefix" }, []],
  [{ "interface-address-order": "any" }, []],
  [{ "describe-vpc-task-result": "denied" }, []],
  [{ "task-result": "after-1-s" }, []],
  [{ "associate-pending-address": "not-found", "eip-of-migrated-address": "unbound" }, ["AssociateAddress"]],
];

/** Runs on a node until it says that all is well, three times at most: the agent looks again within seconds. */
async function settle(node: TestNode): Promise<string[]> {
  const called: string[] = [];
  for (let run = 0; run < 3; run += 1) {
    const { receipt } = await node.run();
    called.push(...actions(receipt));
    if (receipt.agree === "yes") return called;
    await node.time.sleep(5000);
  }
  throw new Error(`not well after three runs: ${JSON.stringify((await node.run()).receipt)}`);
}

function expectServed({ cloud }: Pair, role: "primary" | "secondary"): void {
  const networkInterfaceId = `eni-${role}0`;
  expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe(networkInterfaceId);
  expect(cloud.state.addresses.get("eip-00000001")?.binding).toMatchObject({ networkInterfaceId, privateIp: VIP });
}

/** The secondary becomes MASTER since the primary is gone, or is not. */
const promote = (pair: Pair) => {
  pair.primary.hasVip = false;
  pair.secondary.notify("MASTER");
};

describe("with another cloud than the one that is believed in, the first MASTER and its successor end with address and EIP:", () => {
  test.each(READINGS)("%j", async (assumptions, expected) => {
    const pair = await startNodes("secondary-private-ip", 200, assumptions);
    await using _ = pair.cloud;
    pair.primary.notify("MASTER");
    const called = await settle(pair.primary);
    expectServed(pair, "primary");
    promote(pair);
    called.push(...(await settle(pair.secondary)));
    expectServed(pair, "secondary");
    expect(called).toEqual(expect.arrayContaining([...expected]));
    // A task that is under way is waited for, whether the cloud shows it or not.
    expect(called.filter((action) => action === "MigratePrivateIpAddress").length).toBeLessThanOrEqual(2);
  });
});

/** A host that the cloud hears nothing of any more once an action was carried out. */
function dyingAfter(action: string): Partial<Host> {
  let isDead = false;
  return {
    request: async (url, asked) => {
      if (isDead) throw new Error("dead");
      const answer = await network.request(url, asked);
      isDead = asked.headers?.["x-tc-action"] === action && !answer.body.includes("Error");
      return answer;
    },
  };
}

describe("a node that dies between two calls leaves a state from which the next run ends well:", () => {
  const deaths: readonly (readonly [string, Partial<Assumptions>, string])[] = [
    ["unassigned and not yet assigned", { "migration-from-free-eni": "refused" }, "UnassignPrivateIpAddresses"],
    ["assigned, and the EIP not yet bound", { "migration-from-free-eni": "refused" }, "AssignPrivateIpAddresses"],
    ["the EIP unbound and not yet bound", { "eip-of-migrated-address": "stays" }, "DisassociateAddress"],
    ["the EIP left behind", { "eip-of-migrated-address": "stays" }, "MigratePrivateIpAddress"],
  ];

  test.each(deaths)("%s: the node itself, once it is back", async (_, assumptions, action) => {
    const pair = await startNodes("secondary-private-ip", 200, assumptions);
    await using _cloud = pair.cloud;
    const { primary } = pair;
    const { receipt } = await primary.notify("MASTER").run(dyingAfter(action));
    expect(receipt).toMatchObject({ verdict: "failed" });
    expect(actions(receipt)).toContain(action);
    primary.files.clear();
    primary.memory.addresses.clear();
    primary.notify("MASTER");
    await settle(primary);
    expectServed(pair, "primary");
  });

  test.each(deaths)("%s: its peer, once it is MASTER", async (_, assumptions, action) => {
    const pair = await startNodes("secondary-private-ip", 200, assumptions);
    await using _cloud = pair.cloud;
    await pair.primary.notify("MASTER").run(dyingAfter(action));
    promote(pair);
    await settle(pair.secondary);
    expectServed(pair, "secondary");
  });
});

test("a BACKUP assigns to a silent MASTER without API what it cannot migrate, in one run", async () => {
  const pair = await startNodes("secondary-private-ip", 200, { "migration-from-free-eni": "refused" });
  await using _ = pair.cloud;
  const { cloud, primary } = pair;
  primary.hasVip = false;
  primary.notify("BACKUP");
  expect((await primary.run()).receipt).toMatchObject({ holderAfter: "parked", verdict: "idle" });
  await primary.time.sleep(5000);
  const { receipt } = await primary.run();
  expect(receipt).toMatchObject({ vrrp: "BACKUP", holderBefore: "parked", holderAfter: "peer", verdict: "handed" });
  expect(actions(receipt)).toEqual(expect.arrayContaining(["UnassignPrivateIpAddresses", "AssignPrivateIpAddresses"]));
  expect(cloud.holderOf(VIP)?.instanceId).toBe("ins-secondary");
});

test("a BACKUP binds for a silent MASTER without API the EIP that has stayed behind, in one run", async () => {
  const pair = await startNodes("secondary-private-ip", 200, { "eip-of-migrated-address": "stays" });
  await using _ = pair.cloud;
  const { primary, secondary } = pair;
  primary.notify("MASTER");
  await settle(primary);
  promote(pair);
  primary.notify("BACKUP");
  // The secondary has the address, and then reaches the API no more.
  await secondary.run(dyingAfter("MigratePrivateIpAddress"));
  await primary.run();
  await primary.time.sleep(5000);
  const { receipt } = await primary.run();
  expect(receipt).toMatchObject({ vrrp: "BACKUP", holderAfter: "peer", verdict: "idle", agree: "yes" });
  expect(actions(receipt)).toEqual(expect.arrayContaining(["DisassociateAddress", "AssociateAddress"]));
  expectServed(pair, "secondary");
});
