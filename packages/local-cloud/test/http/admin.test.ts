import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { send } from "../support/client.ts";
import { asRoot, startPair } from "../support/pair.ts";

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await startPair({ admin: true });
});
afterEach(() => cloud.stop());

const url = () => cloud.apiUrls[0] ?? "";

async function admin(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const { status, text } = await send(url(), {
    method,
    path: `/_local/${path}`,
    headers: { host: new URL(url()).host, ...headers },
    body: body === undefined ? "" : JSON.stringify(body),
  });
  return { status, body: JSON.parse(text) };
}

test("shows who holds the address, the resources, the tasks and the calls", async () => {
  await asRoot(cloud, "DescribeHaVips");
  await asRoot(cloud, "NoSuchAction");
  cloud.learn({ vip: "10.0.1.200", networkInterfaceId: "eni-aaaaaaaa" });
  const { body } = await admin("GET", "state");
  expect(body.holders).toContainEqual({
    vip: "10.0.1.100",
    mechanism: "secondary-private-ip",
    networkInterfaceId: "eni-parking0",
  });
  expect(body.resources.instances).toHaveLength(2);
  expect(body.calls).toMatchObject([
    { action: "NoSuchAction", code: "InvalidAction" },
    { action: "DescribeHaVips", code: "OK" },
  ]);
});

test("puts faults in place and takes them back", async () => {
  expect(await admin("POST", "faults", { action: "DescribeHaVips", code: "InternalError", count: "all" })).toEqual({
    status: 200,
    body: [{ action: "DescribeHaVips", code: "InternalError", count: "all" }],
  });
  expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ Error: { Code: "InternalError" } });
  expect((await admin("DELETE", "faults")).body).toEqual([]);
  expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ TotalCount: 1 });
});

test("announces an address for an ENI", async () => {
  cloud.seed.haVipAssociation({ haVipId: "havip-11111111", instanceId: "ins-aaaaaaaa" });
  const announcement = { vip: "10.0.1.200", networkInterfaceId: "eni-aaaaaaaa" };
  expect((await admin("POST", "learn", announcement)).body).toEqual({ learned: true });
  expect(cloud.holderOf("10.0.1.200")?.instanceId).toBe("ins-aaaaaaaa");
});

test("refuses what is no JSON object, a fault that does nothing, and paths that are not there", async () => {
  expect(await admin("POST", "faults", [])).toMatchObject({
    status: 400,
    body: { error: "the body must be an object" },
  });
  expect((await admin("POST", "faults", { action: "*" })).status).toBe(400);
  expect((await admin("POST", "faults", { code: "InternalError" })).body.error).toBe("'action' must be a string");
  expect((await admin("GET", "nothing")).status).toBe(404);
});

test("refuses other sites' pages, by their origin and by their name", async () => {
  expect((await admin("GET", "state", undefined, { origin: "https://example.com" })).status).toBe(403);
  expect((await admin("GET", "state", undefined, { host: "rebound.example.com" })).status).toBe(403);
});

test("is not there unless it is asked for", async () => {
  await using closed = await startPair();
  const { text } = await send(closed.apiUrls[0] ?? "", { method: "GET", path: "/_local/state" });
  expect(JSON.parse(text).Response.Error.Code).toBe("UnsupportedProtocol");
});
