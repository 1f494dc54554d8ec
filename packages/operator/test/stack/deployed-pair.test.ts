import { NODE_PATHS } from "pairctl/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { choosePair, type DeployedPair, pairsOf } from "../../src/stack/deployed-pair.ts";
import type { StateResource } from "../../src/stack/state.ts";
import { PRIMARY, SECONDARY, userDataOf, World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await World.start("havip");
});
afterAll(() => world[Symbol.asyncDispose]());

const instance = (facts: typeof PRIMARY, changes = {}): StateResource => ({
  address: `tencentcloud_instance.${facts.role}`,
  type: "tencentcloud_instance",
  values: { id: facts.instanceId, user_data: userDataOf(facts, "havip", changes) },
});

test("knows a pair by what its nodes are told, whatever its resources are called", () => {
  const bystander: StateResource = {
    address: "a.b",
    type: "tencentcloud_instance",
    values: { id: "ins-9", user_data: "eA==" },
  };
  const [pair, ...others] = pairsOf([instance(SECONDARY), bystander, instance(PRIMARY)]);
  expect(others).toEqual([]);
  expect(pair).toMatchObject({
    ...{ name: "web", region: "ap-singapore", vpcId: "vpc-11111111", mechanism: "havip", advertInt: 1 },
    nodes: [
      { role: "primary", instanceId: "ins-11111111", privateIp: "10.0.1.11" },
      { role: "secondary", instanceId: "ins-22222222", privateIp: "10.0.1.12" },
    ],
  });
});

test("refuses a pair of which a node is missing", () => {
  expect(() => pairsOf([instance(PRIMARY)])).toThrow(
    "tencentcloud_instance.primary has no peer with the address 10.0.1.12 in the state",
  );
});

test("refuses settings of another version, and names the key", () => {
  const changes = { [NODE_PATHS.settings]: '{"mechanism":"havip"}' };
  expect(() => pairsOf([instance(PRIMARY, changes)])).toThrow(
    /tencentcloud_instance.primary was deployed by another version of this package: .*'region' /,
  );
});

test("refuses to choose among several pairs, and names those that there are", () => {
  const pairs = ["web", "db"].map((name) => ({ name }) as DeployedPair);
  expect(choosePair(pairs, "db", "it")).toBe(pairs[1]);
  expect(() => choosePair(pairs, undefined, "it")).toThrow("it has several pairs, web, db: choose one with --pair");
  expect(() => choosePair(pairs, "dns", "it")).toThrow("'--pair' must be one of web, db, got 'dns'");
  expect(() => choosePair([], undefined, "it")).toThrow("it has no keepalived pair: run 'cdktf deploy' first");
});

test("refuses credentials of an account that has none of the nodes, and says whose they are", async () => {
  for (const id of [...world.cloud.state.instances.keys()])
    (world.cloud.state.instances as Map<string, unknown>).delete(id);
  const { status, err } = await world.pair("status");
  expect(err).toMatch(
    /account \d+ has neither node of web in ap-singapore, ins-11111111 and ins-22222222: use the credentials/,
  );
  expect(status).toBe(2);
});
