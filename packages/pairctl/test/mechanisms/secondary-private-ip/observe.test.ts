import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { observe } from "../../../src/mechanisms/secondary-private-ip/observe.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { actions, callAsRoot, startCloud, tampered, TestNode, VIP } from "../../support/pair.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

/** The network interface of an address, as the cloud tells of it. */
const networkInterface = (primaryAddress: string, instanceId: string | undefined, vipState?: string) => ({
  NetworkInterfaceId: `eni-of-${primaryAddress}`,
  SubnetId: "subnet-00000001",
  Attachment: instanceId === undefined ? null : { InstanceId: instanceId },
  PrivateIpAddressSet: [
    { PrivateIpAddress: primaryAddress, Primary: true, State: "AVAILABLE" },
    ...(vipState === undefined ? [] : [{ PrivateIpAddress: VIP, Primary: false, State: vipState }]),
  ],
});

const OWN = networkInterface("10.0.1.11", "ins-primary0");

/** What 10.0.1.11 sees where these have the addresses of the node and of the pair. */
const seen = (...interfaces: object[]) =>
  observe({
    address: { vip: VIP, parkingIp: "10.0.1.101" },
    host: { hasAddress: () => true },
    settings: { privateIp: "10.0.1.11", peerIp: "10.0.1.12", vpcId: "vpc-00000001" },
    api: { call: () => Promise.resolve({ NetworkInterfaceSet: interfaces }) },
  } as unknown as Run<"peerIp" | "privateIp" | "vpcId">);

test.each([
  ["mine", networkInterface("10.0.1.11", "ins-primary0", "AVAILABLE")],
  ["peer", networkInterface("10.0.1.12", "ins-secondary0", "AVAILABLE")],
  ["gone", networkInterface("10.0.1.12", undefined, "AVAILABLE")],
  ["parked", networkInterface("10.0.1.101", undefined, "AVAILABLE")],
  ["foreign", networkInterface("10.0.1.13", "ins-other000", "AVAILABLE")],
  ["moving", networkInterface("10.0.1.11", "ins-primary0", "PENDING")],
  ["moving", networkInterface("10.0.1.12", "ins-secondary0", "MIGRATING")],
  ["moving", networkInterface("10.0.1.101", undefined, "DELETING")],
])("the holder is '%s' by the primary address, the instance and the state of the address", async (holder, found) => {
  const own = found.NetworkInterfaceId === OWN.NetworkInterfaceId ? found : OWN;
  expect(await seen(own, found)).toMatchObject({
    holder,
    holderId: found.NetworkInterfaceId,
    ownId: OWN.NetworkInterfaceId,
  });
});

test("the holder is 'none' where no interface has the address", async () => {
  expect(await seen(OWN)).toMatchObject({ holder: "none", holderId: undefined, hasEip: false });
});

test("does not take the address for its own before the cloud says that it is available", async () => {
  await callAsRoot(cloud, "UnassignPrivateIpAddresses", {
    NetworkInterfaceId: "eni-parking0",
    PrivateIpAddresses: [{ PrivateIpAddress: VIP }],
  });
  await expect.poll(() => cloud.holderOf(VIP)).toBeUndefined();
  cloud.taskMs = 300;
  const assigned = { NetworkInterfaceId: "eni-primary0", PrivateIpAddresses: [{ PrivateIpAddress: VIP }] };
  await callAsRoot(cloud, "AssignPrivateIpAddresses", assigned);
  const { receipt } = await primary.notify("MASTER").run();
  expect(receipt).toMatchObject({
    holderBefore: "moving",
    holderAfter: "mine",
    eip: "eip-00000001",
    verdict: "moved",
  });
  expect(receipt.ms).toBeGreaterThanOrEqual(200);
});

test("says so where the settings are another node's", async () => {
  primary.settings["privateIp"] = "10.0.1.12";
  const { receipt } = await primary.notify("MASTER").run();
  expect(receipt.message).toBe("10.0.1.12 is not this node's");
});

test("an address on an interface of another subnet is a wrong setting: it is said, and nothing is moved", async () => {
  const elsewhere = tampered("DescribeNetworkInterfaces", (body) => {
    const { Response } = JSON.parse(body);
    for (const each of Response.NetworkInterfaceSet) {
      if (each.NetworkInterfaceId === "eni-parking0") each.SubnetId = "subnet-00000002";
    }
    return JSON.stringify({ Response });
  });
  const { status, receipt } = await primary.notify("MASTER").run(elsewhere);
  expect(receipt.message).toBe(`${VIP} is not in subnet-00000001`);
  expect(actions(receipt)).toEqual(["DescribeNetworkInterfaces", "DescribeNetworkInterfaces"]);
  expect(status).toBe(1);
});
