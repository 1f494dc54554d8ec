import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EipEvent, HolderEvent, LocalCloud } from "../../../../src/index.ts";
import { addressView, asRoot, eniView, startPair, taskDone, recorded } from "../../../support/pair.ts";
import { pass, simulateTime } from "../../../support/simulated-time.ts";
import { apiError } from "../../../support/client.ts";
import { addressesOn, unassign } from "../../../support/private-ips.ts";

let cloud: LocalCloud;
let holders: HolderEvent[];
let eips: EipEvent[];

beforeEach(simulateTime);
beforeEach(async () => {
  cloud = await startPair();
  holders = recorded(cloud, "holder");
  eips = recorded(cloud, "eip");
});
afterEach(() => cloud.stop());

const at = expect.any(Number);
const migrate = (options: object = {}) =>
  asRoot(cloud, "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: "eni-parking0",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
    ...options,
  });
describe("MigratePrivateIpAddress", () => {
  test("moves the address and its EIP when the task is over, not before", async () => {
    const { RequestId, Error: refusal } = await migrate();
    expect(refusal).toBeUndefined();
    expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: RequestId })).toMatchObject({ Status: "RUNNING" });
    expect(await addressesOn(cloud, "eni-parking0")).toEqual([
      ["10.0.1.101", "AVAILABLE"],
      ["10.0.1.100", "MIGRATING"],
    ]);
    expect(await addressesOn(cloud, "eni-aaaaaaaa")).toEqual([["10.0.1.11", "AVAILABLE"]]);
    expect(holders).toEqual([]);

    expect(await taskDone(cloud, RequestId)).toMatchObject({ Status: "SUCCESS", Output: "", Result: [] });
    expect(await addressesOn(cloud, "eni-parking0")).toEqual([["10.0.1.101", "AVAILABLE"]]);
    const { PrivateIpAddressSet } = await eniView(cloud, "eni-aaaaaaaa");
    expect(PrivateIpAddressSet[1]).toEqual({
      PrivateIpAddress: "10.0.1.100",
      Primary: false,
      PublicIpAddress: "203.0.113.10",
      AddressId: "eip-11111111",
      Description: "",
      IsWanIpBlocked: false,
      State: "AVAILABLE",
      QosLevel: "DEFAULT",
    });
    expect(await addressView(cloud, "eip-11111111")).toMatchObject({
      AddressStatus: "BIND",
      InstanceId: "ins-aaaaaaaa",
      InstanceType: "CVM",
      NetworkInterfaceId: "eni-aaaaaaaa",
      PrivateAddressIp: "10.0.1.100",
    });
    const mechanism = "secondary-private-ip";
    const holder = { networkInterfaceId: "eni-aaaaaaaa", instanceId: "ins-aaaaaaaa" };
    expect(holders).toEqual([{ vip: "10.0.1.100", mechanism, ...holder, at }]);
    expect(eips).toEqual([
      {
        addressId: "eip-11111111",
        addressIp: "203.0.113.10",
        privateIp: "10.0.1.100",
        networkInterfaceId: "eni-aaaaaaaa",
        at,
      },
    ]);
    expect(cloud.holderOf("10.0.1.100")).toEqual({ mechanism, ...holder });
  });

  test("refuses ids and addresses that are malformed or unknown", async () => {
    expect(await migrate({ SourceNetworkInterfaceId: "parking" })).toEqual(
      apiError("InvalidParameterValue.Malformed", "The value `parking` of `SourceNetworkInterfaceId` is malformed."),
    );
    expect(await migrate({ PrivateIpAddress: "10.0.1" })).toEqual(
      apiError("InvalidParameterValue.Malformed", "The value `10.0.1` of `PrivateIpAddress` is malformed."),
    );
    for (const parameter of ["SourceNetworkInterfaceId", "DestinationNetworkInterfaceId"]) {
      expect(await migrate({ [parameter]: "eni-zzzzzzzz" })).toEqual(
        apiError("ResourceNotFound", `The resource \`eni-zzzzzzzz\` of \`${parameter}\` does not exist.`),
      );
    }
  });

  test("refuses an address that the source does not have", async () => {
    expect(await migrate({ SourceNetworkInterfaceId: "eni-bbbbbbbb" })).toEqual(
      apiError(
        "UnauthorizedOperation.AttachmentNotFound",
        "The private IP address `10.0.1.100` is not on the ENI `eni-bbbbbbbb`.",
      ),
    );
  });

  test("refuses a primary address", async () => {
    expect(await migrate({ PrivateIpAddress: "10.0.1.101" })).toEqual(
      apiError(
        "UnauthorizedOperation.PrimaryIp",
        "The primary IP address `10.0.1.101` does not support this operation.",
      ),
    );
  });

  test("refuses another subnet and the ENI where the address is", async () => {
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-elsewhere",
      subnetId: "subnet-22222222",
      privateIp: "10.0.2.10",
    });
    expect(await migrate({ DestinationNetworkInterfaceId: "eni-elsewhere" })).toEqual(
      apiError(
        "UnsupportedOperation",
        "The ENIs must be in the same subnet, got `subnet-11111111` and `subnet-22222222`.",
      ),
    );
    expect(await migrate({ DestinationNetworkInterfaceId: "eni-parking0" })).toEqual(
      apiError("UnsupportedOperation", "`10.0.1.100` is already on `eni-parking0`."),
    );
  });

  test("refuses while a task runs on the address, then goes on", async () => {
    const [first, second] = await Promise.all([migrate(), migrate({ DestinationNetworkInterfaceId: "eni-bbbbbbbb" })]);
    const refused = [first, second].find((answer) => answer.Error);
    const accepted = [first, second].find((answer) => !answer.Error);
    expect(refused).toEqual(
      apiError(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "A mutually exclusive task on `10.0.1.100` is running.",
      ),
    );
    expect(await unassign(cloud, "eni-parking0", "10.0.1.100")).toEqual(
      apiError(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "A mutually exclusive task on `10.0.1.100` is running.",
      ),
    );
    expect(await taskDone(cloud, accepted.RequestId)).toMatchObject({ Status: "SUCCESS" });
    expect(holders).toHaveLength(1);
  });

  test("refuses an ENI that is full", async () => {
    await using small = await startPair({ quotas: { privateIpsPerNetworkInterface: 2 } });
    small.seed.networkInterface({
      networkInterfaceId: "eni-full0000",
      subnetId: "subnet-11111111",
      privateIp: "10.0.1.50",
      secondaryPrivateIps: ["10.0.1.51"],
    });
    const answer = await asRoot(small, "MigratePrivateIpAddress", {
      SourceNetworkInterfaceId: "eni-parking0",
      DestinationNetworkInterfaceId: "eni-full0000",
      PrivateIpAddress: "10.0.1.100",
    });
    expect(answer).toEqual(
      apiError("LimitExceeded", "The ENI `eni-full0000` has 2 private IP addresses of at most 2."),
    );
  });
});

describe("DescribeVpcTaskResult", () => {
  test("refuses unknown tasks and those of EIPs", async () => {
    const { TaskId } = await asRoot(cloud, "DisassociateAddress", { AddressId: "eip-11111111" });
    for (const id of ["b1e5f5a8-0000-4000-8000-000000000000", TaskId]) {
      expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: id })).toEqual(
        apiError("ResourceNotFound", `The resource \`${id}\` of \`TaskId\` does not exist.`),
      );
    }
  });
});

test("a task that starts after taskMs was changed takes the new time", async () => {
  cloud.taskMs = 60_000;
  const { RequestId } = await migrate();
  const task = cloud.state.tasks.get(RequestId);
  expect(task).toMatchObject({ action: "MigratePrivateIpAddress", status: "RUNNING" });
  await pass(59_999);
  expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: RequestId })).toMatchObject({ Status: "RUNNING" });
  await pass(1);
  expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: RequestId })).toMatchObject({ Status: "SUCCESS" });
});
