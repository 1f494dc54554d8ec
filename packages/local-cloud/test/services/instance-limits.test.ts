import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { instanceTypes } from "../../src/services/instance-types.ts";
import { limitsOf } from "../../src/services/instance-limits.ts";
import { eventually } from "../support/client.ts";
import { asRoot, eipTaskDone, startPair } from "../support/pair.ts";
import { simulateTime } from "../support/simulated-time.ts";

let cloud: LocalCloud;
beforeEach(simulateTime);
beforeEach(async () => {
  cloud = await startPair({ taskMs: 20 });
});
afterEach(() => cloud.stop());

test.each([
  ["S5.SMALL1", 2, 2],
  ["S5.SMALL2", 6, 2],
  ["S5.MEDIUM2", 10, 2],
  ["S5.LARGE8", 10, 2],
  ["S5.LARGE16", 20, 2],
])("%s has at most %d addresses on an ENI and %d EIPs", (type, privateIpsPerNetworkInterface, publicAddresses) => {
  expect(limitsOf(type)).toEqual({ privateIpsPerNetworkInterface, publicAddresses });
});

test("every type that is listed has limits, and others have none", () => {
  for (const type of Object.keys(instanceTypes)) expect(limitsOf(type), type).toBeDefined();
  expect(limitsOf("S9.HUGE")).toBeUndefined();
});

test("refuses an eleventh address on an ENI of an instance with two cores, assigned or migrated", async () => {
  const assign = (count: number) =>
    asRoot(cloud, "AssignPrivateIpAddresses", {
      NetworkInterfaceId: "eni-aaaaaaaa",
      SecondaryPrivateIpAddressCount: count,
    });
  expect((await assign(10)).Error?.Code).toBe("LimitExceeded");
  expect((await assign(9)).Error).toBeUndefined();
  expect((await assign(1)).Error?.Code).toBe("LimitExceeded");
  const migration = {
    SourceNetworkInterfaceId: "eni-parking0",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
  };
  expect((await asRoot(cloud, "MigratePrivateIpAddress", migration)).Error?.Code).toBe("LimitExceeded");
});

test("refuses a third EIP on an instance with two cores", async () => {
  const NetworkInterfaceId = "eni-aaaaaaaa";
  await asRoot(cloud, "AssignPrivateIpAddresses", { NetworkInterfaceId, SecondaryPrivateIpAddressCount: 2 });
  await eventually(() =>
    expect(cloud.state.networkInterfaces.get(NetworkInterfaceId)?.privateIpAddresses).toMatchObject(
      Array.from({ length: 3 }, () => ({ state: "AVAILABLE" })),
    ),
  );
  const addresses = cloud.state.networkInterfaces.get(NetworkInterfaceId)?.privateIpAddresses ?? [];
  const answers = [];
  for (const [index, { privateIp }] of addresses.entries()) {
    const AddressId = `eip-third00${index}`;
    cloud.seed.address({ addressId: AddressId, addressIp: `203.0.113.${100 + index}` });
    const answer = await asRoot(cloud, "AssociateAddress", {
      AddressId,
      NetworkInterfaceId,
      PrivateIpAddress: privateIp,
    });
    if (answer.TaskId) await eipTaskDone(cloud, answer.TaskId);
    answers.push(answer.Error?.Code);
  }
  expect(answers).toEqual([undefined, undefined, "LimitExceeded.InstanceAddressQuota"]);
});
