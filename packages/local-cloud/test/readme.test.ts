import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { LocalCloud } from "../src/index.ts";
import { actions } from "../src/services/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README's table of actions is the action table", () => {
  const rows = [...readme.matchAll(/^\| *(\w+) +\| +(\d{4}-\d\d-\d\d) +\| +(\w+) +\|/gm)].map(([, ...row]) => row);
  expect(rows).toEqual(actions.map(({ service, version, action }) => [service, version, action]));
});

test("no action is in the table twice", () => {
  const names = actions.map(({ service, version, action }) => `${service} ${version} ${action}`);
  expect(new Set(names).size).toBe(names.length);
});

test("the README's first snippet runs", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  await using cloud = await LocalCloud.start({ region: "ap-singapore", taskMs: 200 });
  cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  cloud.on("holder", ({ vip, networkInterfaceId }) => console.log(`${vip} is on ${networkInterfaceId}`));
  console.log(cloud.apiUrls, cloud.metadataUrl());
  expect(log).toHaveBeenCalledWith([expect.stringMatching(/^http:/)], expect.stringMatching(/^http:/));
  log.mockRestore();
});

test("the README's faults can be added and cleared", async () => {
  await using cloud = await LocalCloud.start({ region: "ap-singapore" });
  cloud.faults.add({ action: "MigratePrivateIpAddress", count: 2, code: "InternalError" });
  cloud.faults.add({ action: "*", count: Number.POSITIVE_INFINITY, httpStatus: 502 });
  cloud.faults.add({ action: "DescribeVpcTaskResult", delayMs: 5000 });
  cloud.faults.add({ action: "MigratePrivateIpAddress", dropConnection: true, after: true });
  cloud.faults.add({ action: "metadata", httpStatus: 500 });
  cloud.faults.add({ action: "DescribeHaVips", hang: true });
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "fails" }); // or "never ends"
  cloud.faults.add({ action: "DescribeNetworkInterfaces", staleMs: 3000 });
  expect(cloud.faults.pending).toHaveLength(8);
  cloud.faults.clear();
  expect(cloud.faults.pending).toHaveLength(0);
});

test("every line of the README's snippets is in the tests above", () => {
  const source = readFileSync(new URL(import.meta.url), "utf8");
  const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, snippet]) => snippet ?? "");
  expect(snippets).toHaveLength(2);
  for (const line of snippets.join("").trim().split("\n")) expect(source).toContain(`  ${line}\n`);
});
