import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  ASSUMPTIONS,
  type Assumptions,
  deliveredUserData,
  type LocalCloud,
  parseAssumptions,
} from "../../src/index.ts";
import { send, sign } from "../support/client.ts";
import { addressView, asRoot, eniView, haVipView, rootKey, startPair } from "../support/pair.ts";
import { pass, simulateTime } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let now = 0;
beforeEach(simulateTime);
afterEach(() => cloud.stop());

/** A pair in a cloud of these readings, whose tasks end only when they are waited for, and whose clock stands still. */
async function assume(assumptions: Partial<Assumptions>): Promise<void> {
  now = Date.now();
  cloud = await startPair({ assumptions, now: () => now });
}

const migration = {
  SourceNetworkInterfaceId: "eni-parking0",
  DestinationNetworkInterfaceId: "eni-aaaaaaaa",
  PrivateIpAddress: "10.0.1.100",
};

async function migrate(): Promise<void> {
  const answer = await asRoot(cloud, "MigratePrivateIpAddress", migration);
  expect(answer.Error).toBeUndefined();
  await pass(cloud.taskMs);
  expect(cloud.holderOf("10.0.1.100")?.networkInterfaceId).toBe("eni-aaaaaaaa");
}

const code = async (action: string, body: object) => (await asRoot(cloud, action, body)).Error?.Code;

test("an address migrates from a free ENI, or is refused with AttachmentNotFound", async () => {
  await assume({});
  await migrate();
  await cloud.stop();
  await assume({ "migration-from-free-eni": "refused" });
  expect(await code("MigratePrivateIpAddress", migration)).toBe("UnauthorizedOperation.AttachmentNotFound");
});

test("the EIP follows its migrated address", async () => {
  await assume({});
  await migrate();
  expect(await addressView(cloud, "eip-11111111")).toMatchObject({ NetworkInterfaceId: "eni-aaaaaaaa" });
});

test("the EIP stays at the ENI that its address has left, until it is unbound there and bound again", async () => {
  await assume({ "eip-of-migrated-address": "stays" });
  await migrate();
  expect(await addressView(cloud, "eip-11111111")).toMatchObject({ NetworkInterfaceId: "eni-parking0" });
  const target = { AddressId: "eip-11111111", NetworkInterfaceId: "eni-aaaaaaaa", PrivateIpAddress: "10.0.1.100" };
  expect(await code("AssociateAddress", target)).toBe("UnsupportedOperation.AddressStatusNotPermit");
  expect(await code("DisassociateAddress", { AddressId: "eip-11111111" })).toBeUndefined();
  await pass(cloud.taskMs);
  expect(await code("AssociateAddress", target)).toBeUndefined();
  await pass(cloud.taskMs);
  expect(await addressView(cloud, "eip-11111111")).toMatchObject({ NetworkInterfaceId: "eni-aaaaaaaa" });
});

test("an EIP that stayed behind is unbound when that ENI is deleted", async () => {
  await assume({ "eip-of-migrated-address": "stays" });
  await migrate();
  await asRoot(cloud, "DeleteNetworkInterface", { NetworkInterfaceId: "eni-parking0" });
  await pass(cloud.taskMs);
  expect(await addressView(cloud, "eip-11111111")).toMatchObject({ AddressStatus: "UNBIND" });
});

test("the EIP is unbound when its address migrates", async () => {
  await assume({ "eip-of-migrated-address": "unbound" });
  await migrate();
  expect(await addressView(cloud, "eip-11111111")).toMatchObject({ AddressStatus: "UNBIND" });
});

test.each([
  ["suffix", { "0.1.11": true, "10.0.1.1": false, "10.0.1.11": true }],
  ["prefix", { "0.1.11": false, "10.0.1.1": true, "10.0.1.11": true }],
  ["exact", { "0.1.11": false, "10.0.1.1": false, "10.0.1.11": true }],
] as const)("one value of address-ip matches by %s", async (reading, expected) => {
  await assume({ "address-ip-filter": reading });
  for (const [value, isFound] of Object.entries(expected)) {
    const Filters = [{ Name: "address-ip", Values: [value] }];
    const { NetworkInterfaceSet } = await asRoot(cloud, "DescribeNetworkInterfaces", { Filters });
    const ids = NetworkInterfaceSet.map((eni: { NetworkInterfaceId: string }) => eni.NetworkInterfaceId);
    expect(ids.includes("eni-aaaaaaaa"), value).toBe(isFound);
  }
});

test("an ENI lists its primary address first, or last", async () => {
  const listed = async () =>
    (await eniView(cloud, "eni-parking0")).PrivateIpAddressSet.map((entry: { Primary: boolean }) => entry.Primary);
  await assume({});
  expect(await listed()).toEqual([true, false]);
  await cloud.stop();
  await assume({ "interface-address-order": "primary-last" });
  expect(await listed()).toEqual([false, true]);
});

test("an ENI lists its addresses in any order, the same sequence for the same seed", async () => {
  const orders = async (randomSeed: number) => {
    cloud = await startPair({ assumptions: { "interface-address-order": "any" }, randomSeed });
    const seen = [];
    for (let look = 0; look < 20; look += 1) {
      const { PrivateIpAddressSet } = await eniView(cloud, "eni-parking0");
      seen.push(PrivateIpAddressSet[0].Primary);
    }
    await cloud.stop();
    return seen;
  };
  const first = await orders(1);
  expect(new Set(first)).toEqual(new Set([true, false]));
  expect(await orders(1)).toEqual(first);
  expect(await orders(2)).not.toEqual(first);
  await assume({});
});

test("an associated instance's announcements are learned at once, or after 30 s, and the API shows no difference", async () => {
  const announce = () => cloud.learn({ vip: "10.0.1.200", networkInterfaceId: "eni-aaaaaaaa" });
  const association = { haVipId: "havip-11111111", instanceId: "ins-aaaaaaaa" };
  await assume({});
  cloud.seed.haVipAssociation(association);
  expect(announce()).toBe(true);
  await cloud.stop();
  await assume({ "ha-vip-association": "after-30-s" });
  cloud.seed.haVipAssociation(association);
  expect((await haVipView(cloud)).HaVipAssociationSet).toHaveLength(1);
  now += 29_999;
  expect(announce()).toBe(false);
  now += 1;
  expect(announce()).toBe(true);
});

test("gzip reaches the node byte for byte, or cannot be unpacked there; plain text survives both", async () => {
  await assume({});
  const packed = gzipSync("#cloud-config\n");
  expect(gunzipSync(deliveredUserData(packed, {})).toString()).toBe("#cloud-config\n");
  expect(() => gunzipSync(deliveredUserData(packed, { "user-data": "as-text" }))).toThrow("incorrect header check");
  const plain = Buffer.from("#cloud-config\n# é\n");
  expect(deliveredUserData(plain, { "user-data": "as-text" })).toEqual(plain);
});

test("a task is known at once, or after a second", async () => {
  await assume({});
  const first = await asRoot(cloud, "MigratePrivateIpAddress", migration);
  expect(await code("DescribeVpcTaskResult", { TaskId: first.RequestId })).toBeUndefined();
  await cloud.stop();
  await assume({ "task-result": "after-1-s" });
  const { RequestId } = await asRoot(cloud, "MigratePrivateIpAddress", migration);
  now += 999;
  expect(await code("DescribeVpcTaskResult", { TaskId: RequestId })).toBe("ResourceNotFound");
  now += 1;
  expect(await code("DescribeVpcTaskResult", { TaskId: RequestId })).toBeUndefined();
});

test("an address that migrates is shown as such, or not", async () => {
  const shown = async () => {
    await asRoot(cloud, "MigratePrivateIpAddress", migration);
    return (await eniView(cloud, "eni-parking0")).PrivateIpAddressSet[1].State;
  };
  await assume({});
  expect(await shown()).toBe("MIGRATING");
  await cloud.stop();
  await assume({ "migrating-state": "not-shown" });
  expect(await shown()).toBe("AVAILABLE");
});

test("an address that is being assigned cannot be bound, with a code that passes or one that looks final", async () => {
  const bind = async () => {
    const NetworkInterfaceId = "eni-aaaaaaaa";
    const [PrivateIpAddress] = ["10.0.1.50"];
    await asRoot(cloud, "AssignPrivateIpAddresses", { NetworkInterfaceId, PrivateIpAddresses: [{ PrivateIpAddress }] });
    return code("AssociateAddress", { AddressId: "eip-22222222", NetworkInterfaceId, PrivateIpAddress });
  };
  await assume({});
  expect(await bind()).toBe("OperationDenied.MutexTaskRunning");
  await cloud.stop();
  await assume({ "associate-pending-address": "not-found" });
  expect(await bind()).toBe("InvalidNetworkInterfaceId.NotFound");
});

test("every announcement of an ENI is learned, or one a second", async () => {
  await assume({ "gratuitous-arp": "one-a-second" });
  for (const instanceId of ["ins-aaaaaaaa", "ins-bbbbbbbb"]) {
    cloud.seed.haVipAssociation({ haVipId: "havip-11111111", instanceId });
  }
  const announce = (networkInterfaceId: string) => cloud.learn({ vip: "10.0.1.200", networkInterfaceId });
  expect(announce("eni-aaaaaaaa")).toBe(true);
  expect(announce("eni-bbbbbbbb")).toBe(true);
  now += 999;
  expect(announce("eni-aaaaaaaa")).toBe(false);
  expect(await haVipView(cloud)).toMatchObject({ NetworkInterfaceId: "eni-bbbbbbbb" });
  now += 1;
  expect(announce("eni-aaaaaaaa")).toBe(true);
});

test("an instance's role is in its metadata at once, or after 90 s", async () => {
  const status = async () => {
    const url = new URL(`${cloud.metadataUrl("ins-aaaaaaaa")}/latest/meta-data/cam/security-credentials/pair-hook`);
    return (await send(url.origin, { method: "GET", path: url.pathname, headers: { host: url.host } })).status;
  };
  await assume({});
  expect(await status()).toBe(200);
  await cloud.stop();
  await assume({ "role-in-metadata": "after-90-s" });
  now += 89_999;
  expect(await status()).toBe(404);
  now += 1;
  expect(await status()).toBe(200);
});

test("the internal endpoint answers, or ends the connection", async () => {
  const ask = () => {
    const url = cloud.apiUrls[0] ?? "";
    const timestamp = Math.floor(now / 1000);
    const host = "vpc.internal.tencentcloudapi.com";
    const { headers, body } = sign(url, { key: rootKey, action: "DescribeVpcs", host, timestamp });
    return send(url, { headers, body });
  };
  await assume({});
  expect((await ask()).text).toContain("vpc-11111111");
  await cloud.stop();
  await assume({ "internal-endpoint": "absent" });
  await expect(ask()).rejects.toThrow();
  expect(await code("DescribeVpcs", {})).toBeUndefined();
});

test("assumptions are read as name=reading", async () => {
  await assume({});
  expect(parseAssumptions(["eip-of-migrated-address=stays", "cam-propagation=after-60-s"])).toEqual({
    "eip-of-migrated-address": "stays",
    "cam-propagation": "after-60-s",
  });
});

test("refuses an unknown assumption or reading, and names those that there are", async () => {
  await assume({});
  expect(() => parseAssumptions(["eip=stays"])).toThrow("an assumption must be one of migration-from-free-eni,");
  expect(() => parseAssumptions(["eip-of-migrated-address=flies"])).toThrow(
    "the assumption eip-of-migrated-address must be one of follows, stays, unbound, got 'flies'",
  );
});

test("the README lists every assumption with its readings", async () => {
  await assume({});
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  for (const [name, { readings }] of Object.entries(ASSUMPTIONS)) {
    expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${readings.join(", ")} +\\|`, "m"));
  }
});
