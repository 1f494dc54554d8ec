import { beforeEach, describe, expect, test } from "vitest";
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

interface Question {
  readonly Filters: readonly { readonly Name: string; readonly Values: readonly string[] }[];
}

let asked: string[] = [];
beforeEach(() => {
  asked = [];
});

/** The interfaces that have the address which is asked for. */
function matching(list: readonly NetworkInterface[], filters: Question["Filters"]): NetworkInterface[] {
  const [address = ""] = filters.find(({ Name }) => Name === "address-ip")?.Values ?? [];
  asked.push(address);
  return list.filter((each) => each.PrivateIpAddressSet.some(({ PrivateIpAddress }) => PrivateIpAddress === address));
}

/** A run on the node 10.0.1.11, in a cloud with these network interfaces. */
function runWith(list: readonly NetworkInterface[]) {
  return {
    settings: SETTINGS,
    session: {},
    address: { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-00000001" },
    host: { clock: () => 10_000 },
    api: {
      call: (_: string, { Filters }: Question) => Promise.resolve({ NetworkInterfaceSet: matching(list, Filters) }),
    },
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
    isFree: true,
    ownId: "eni-10.0.1.11",
  });
});

test("an interface that is attached to nothing is free, whoever's it is", async () => {
  const isFree = async (list: NetworkInterface[]) => (await observe(runWith([own, ...list]))).isFree;
  for (const primary of ["10.0.1.12", "10.0.1.101", "10.0.1.13"]) {
    expect(await isFree([networkInterface(primary, {})])).toBe(false);
    expect(await isFree([networkInterface(primary, {}, { Attachment: null })])).toBe(true);
  }
});

test("the node's own interface is looked up once, the address at each look", async () => {
  const run = runWith([own, networkInterface("10.0.1.12", {})]);
  await observe(run);
  await observe(run);
  expect(asked).toEqual(["10.0.1.11", VIP, VIP]);
});

describe("after a call that moves the address from the peer", () => {
  /** The run has begun a task so many ms ago, and the address is on these interfaces. */
  const begun = (msAgo: number, vip: Partial<PrivateIp>, primary = "10.0.1.12") => ({
    ...runWith(primary === "10.0.1.11" ? [networkInterface(primary, vip)] : [own, networkInterface(primary, vip)]),
    task: { movedFrom: "eni-10.0.1.12", begunAt: 10_000 - msAgo },
  });

  test("it is moving for 3 s, also where the cloud does not show that, and not for longer", async () => {
    expect(await observe(begun(2999, {}))).toMatchObject({ holder: "moving", holderId: "eni-10.0.1.12" });
    expect(await observe(begun(3000, {}))).toMatchObject({ holder: "peer" });
  });

  test("it has moved as soon as another interface has it", async () => {
    expect(await observe(begun(10, {}, "10.0.1.11"))).toMatchObject({ holder: "mine" });
    expect(await observe(begun(10, {}, "10.0.1.101"))).toMatchObject({ holder: "parked" });
  });

  test("it has moved as soon as no interface has it: what was taken off is not waited for", async () => {
    const run = { ...begun(10, {}), ...runWith([own]) };
    expect(await observe(run)).toMatchObject({ holder: "none" });
  });

  test("a task has failed where the address was seen on the interface that it was to leave, and on no other one", async () => {
    const { task } = begun(10, {}) as Run;
    const seenAfter = async (...list: NetworkInterface[]) => {
      await observe({ ...runWith([own, ...list]), task });
      return task?.seen;
    };
    const moving = networkInterface("10.0.1.12", { State: "MIGRATING" });
    const there = networkInterface("10.0.1.12", {});
    expect(await seenAfter(there)).toBeUndefined();
    expect(await seenAfter(moving)).toBe("there");
    expect(await seenAfter(there)).toBe("there");
    expect(await seenAfter()).toBe("elsewhere");
    // Somebody has moved it back.
    expect(await seenAfter(moving)).toBe("elsewhere");
    expect(await seenAfter(there)).toBe("elsewhere");
  });

  test("once the task was seen, it is over when the address is available: a failed one is not waited for", async () => {
    const run = begun(10, { State: "MIGRATING" });
    expect(await observe(run)).toMatchObject({ holder: "moving" });
    const over = { ...runWith([own, networkInterface("10.0.1.12", {})]), task: run.task };
    expect(await observe(over)).toMatchObject({ holder: "peer" });
  });
});

test.each<[string, NetworkInterface[], string]>([
  [
    "settings that no interface has the address of",
    [networkInterface("10.0.1.12", {})],
    "10.0.1.11 is not this node's",
  ],
  [
    "an address in another subnet",
    [own, networkInterface("10.0.1.12", {}, { SubnetId: "subnet-00000002" })],
    `${VIP} is not in subnet-00000001`,
  ],
])("refuses %s, whoever has the address", async (_, list, message) => {
  await expect(observe(runWith(list))).rejects.toMatchObject({ code: "Settings", message });
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
