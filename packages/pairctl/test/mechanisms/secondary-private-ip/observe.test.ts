import { expect, test } from "vitest";
import type { NetworkInterface, PrivateIp } from "../../../src/mechanisms/secondary-private-ip/network-interface.ts";
import { objection, observe } from "../../../src/mechanisms/secondary-private-ip/observe.ts";
import type { Run } from "../../../src/protocol/run.ts";

const VIP = "10.0.1.100";
const SETTINGS = { privateIp: "10.0.1.11", peerIp: "10.0.1.12", vpcId: "vpc-00000001" };

/** A network interface by its primary address, on an instance unless told otherwise, with the VIP where that is given. */
function networkInterface(primary: string, vip?: Partial<PrivateIp>, change: Partial<NetworkInterface> = {}) {
  const own = { PrivateIpAddress: primary, Primary: true, State: "AVAILABLE" };
  return {
    NetworkInterfaceId: `eni-${primary}`,
    SubnetId: "subnet-00000001",
    Attachment: { InstanceId: `ins-${primary}` },
    PrivateIpAddressSet:
      vip === undefined ? [own] : [own, { PrivateIpAddress: VIP, Primary: false, State: "AVAILABLE", ...vip }],
    ...change,
  };
}

/** A run on the node 10.0.1.11, in a cloud with these network interfaces. */
function runWith(list: readonly NetworkInterface[], hasAddress = true) {
  return {
    settings: SETTINGS,
    address: { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-00000001" },
    host: { hasAddress: () => hasAddress },
    api: { call: () => Promise.resolve({ NetworkInterfaceSet: list }) },
  } as unknown as Run<"peerIp" | "privateIp" | "vpcId">;
}

const own = networkInterface("10.0.1.11");

test.each<[string, NetworkInterface[], string]>([
  ["this node's", [networkInterface("10.0.1.11", {})], "mine"],
  ["the peer's", [own, networkInterface("10.0.1.12", {})], "peer"],
  [
    "the peer's, which no instance has any more",
    [own, networkInterface("10.0.1.12", {}, { Attachment: null })],
    "gone",
  ],
  ["the parking one", [own, networkInterface("10.0.1.101", {}, { Attachment: null })], "parked"],
  ["somebody else's", [own, networkInterface("10.0.1.13", {})], "foreign"],
])("an address on an interface that is %s: the holder is told by the interface's primary address", async (...row) => {
  const [, list, holder] = row;
  expect(await observe(runWith(list))).toMatchObject({
    holder,
    holderId: list.at(-1)?.NetworkInterfaceId,
    ownId: "eni-10.0.1.11",
  });
});

test.each(["PENDING", "MIGRATING", "DELETING"])("an address that is %s is nobody's yet", async (State) => {
  for (const primary of ["10.0.1.11", "10.0.1.12", "10.0.1.101"]) {
    const list = [networkInterface(primary, { State }), ...(primary === "10.0.1.11" ? [] : [own])];
    expect(await observe(runWith(list))).toMatchObject({ holder: "moving", holderId: `eni-${primary}` });
  }
});

test("an address on no interface is nobody's, and has no EIP", async () => {
  expect(await observe(runWith([own, networkInterface("10.0.1.12")]))).toEqual({
    holder: "none",
    holderId: undefined,
    eip: undefined,
    hasEip: false,
    ownId: "eni-10.0.1.11",
  });
});

test.each<[string, NetworkInterface[], boolean, string]>([
  [
    "settings that no interface has the address of",
    [networkInterface("10.0.1.12", {})],
    true,
    "10.0.1.11 is not this node's",
  ],
  ["settings of another node, where the interface is there", [own], false, "10.0.1.11 is not this node's"],
  [
    "an address in another subnet",
    [own, networkInterface("10.0.1.12", {}, { SubnetId: "subnet-00000002" })],
    true,
    `${VIP} is not in subnet-00000001`,
  ],
])("refuses %s, whoever has the address", async (_, list, hasAddress, message) => {
  await expect(observe(runWith(list, hasAddress))).rejects.toMatchObject({ code: "Settings", message });
});

test("objects to the EIP's being elsewhere, or nowhere, only where the settings name one", async () => {
  const run = runWith([networkInterface("10.0.1.11", { AddressId: "eip-00000001" })]);
  const seen = await observe(run);
  expect(seen.eip).toBe("eip-00000001");
  expect(objection(run, seen)).toBeUndefined();
  for (const eip of [undefined, "", "eip-00000002"]) {
    expect(objection(run, { ...seen, eip, hasEip: false })).toBe(`eip-00000001 is not on ${VIP}`);
  }
  expect(objection({ ...run, address: { vip: VIP } }, { ...seen, eip: undefined, hasEip: false })).toBeUndefined();
});
