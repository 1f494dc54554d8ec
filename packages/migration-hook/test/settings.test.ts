import type { LocalCloud } from "local-cloud";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { nodeHost } from "../src/node-host.ts";
import { startCloud, TestNode } from "./pair.ts";

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startCloud("secondary-private-ip");
});
afterAll(() => cloud.stop());

test.each<[string, Record<string, unknown>, string]>([
  ["an unknown key", { colour: "red" }, "'colour' is unknown: take it out"],
  ["a missing key", { vip: undefined }, "'vip' is missing: add it"],
  ["no parking address", { parkingIp: undefined }, "'parkingIp' is missing: add it"],
  ["no role where the hook has to move the address", { roleName: undefined }, "'roleName' is missing: add it"],
])("refuses settings with %s", async (_, change, problem) => {
  const node = new TestNode(cloud, "primary", "secondary-private-ip");
  Object.assign(node.settings, change);
  const { status, receipt } = await node.run();
  expect(receipt).toMatchObject({ verdict: "failed", message: `/settings.json: ${problem}` });
  expect(status).toBe(2);
});

test.each([
  ["that are missing", undefined],
  ["that are not JSON", "{"],
])("refuses settings %s", async (_, text) => {
  const lines: string[] = [];
  const status = await main({ ...nodeHost(), readFile: () => text }, ["reconcile"], (line) => lines.push(line));
  expect(status).toBe(2);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: "failed" });
  expect(lines[0]).toContain("/etc/migration-hook/settings.json: ");
});

test.each([[[]], [["move"]], [["reconcile", "a", "b", "c"]]])(
  "refuses the command line %j with its usage",
  async (argv) => {
    const lines: string[] = [];
    expect(await main(nodeHost(), argv, (line) => lines.push(line))).toBe(2);
    expect(lines).toEqual(["usage: reconcile [SETTINGS [STATE]]"]);
  },
);
