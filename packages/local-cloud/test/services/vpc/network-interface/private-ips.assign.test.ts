import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EipEvent, HolderEvent, LocalCloud } from "../../../../src/index.ts";
import { addressView, asRoot, eipTaskDone, startPair, taskDone, recorded } from "../../../support/pair.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
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

const assign = (NetworkInterfaceId: string, ...addresses: string[]) =>
  asRoot(cloud, "AssignPrivateIpAddresses", {
    NetworkInterfaceId,
    PrivateIpAddresses: addresses.map((PrivateIpAddress) => ({ PrivateIpAddress })),
  });
describe("AssignPrivateIpAddresses", () => {
  test("puts an address on an ENI, PENDING until the task is over", async () => {
    const { RequestId, PrivateIpAddressSet } = await assign("eni-bbbbbbbb", "10.0.1.60");
    expect(PrivateIpAddressSet).toMatchObject([{ PrivateIpAddress: "10.0.1.60", Primary: false, State: "PENDING" }]);
    expect(holders).toEqual([]);
    await taskDone(cloud, RequestId);
    expect(await addressesOn(cloud, "eni-bbbbbbbb")).toContainEqual(["10.0.1.60", "AVAILABLE"]);
    expect(holders).toMatchObject([
      { vip: "10.0.1.60", networkInterfaceId: "eni-bbbbbbbb", instanceId: "ins-bbbbbbbb" },
    ]);
  });

  test("chooses free addresses when given a number", async () => {
    const { PrivateIpAddressSet } = await asRoot(cloud, "AssignPrivateIpAddresses", {
      NetworkInterfaceId: "eni-aaaaaaaa",
      SecondaryPrivateIpAddressCount: 2,
    });
    expect(PrivateIpAddressSet).toMatchObject([{ PrivateIpAddress: "10.0.1.2" }, { PrivateIpAddress: "10.0.1.3" }]);
  });

  test("refuses addresses that are taken, be it by an ENI or a HAVIP", async () => {
    expect(await assign("eni-aaaaaaaa", "10.0.1.100")).toEqual(
      apiError("ResourceInUse", "The private IP address `10.0.1.100` is in use by `eni-parking0`."),
    );
    expect(await assign("eni-aaaaaaaa", "10.0.1.200")).toEqual(
      apiError("ResourceInUse", "The private IP address `10.0.1.200` is in use by `havip-11111111`."),
    );
  });

  test("refuses addresses outside the subnet and reserved ones", async () => {
    expect(await assign("eni-aaaaaaaa", "10.0.2.5")).toEqual(
      apiError(
        "InvalidParameterValue.Range",
        "The value `10.0.2.5` of `PrivateIpAddresses` is not in the subnet `subnet-11111111` (10.0.1.0/24).",
      ),
    );
    for (const address of ["10.0.1.0", "10.0.1.1", "10.0.1.255"]) {
      expect(await assign("eni-aaaaaaaa", address)).toEqual(
        apiError(
          "InvalidParameterValue.Reserved",
          `The value \`${address}\` of \`PrivateIpAddresses\` is reserved by the system in the subnet \`subnet-11111111\` (10.0.1.0/24).`,
        ),
      );
    }
  });

  test("refuses malformed, double, too many and no addresses, and changes nothing", async () => {
    expect(await assign("eni-aaaaaaaa", "10.0.1.300")).toEqual(
      apiError("InvalidParameterValue.Malformed", "The value `10.0.1.300` of `PrivateIpAddresses` is malformed."),
    );
    expect(await assign("eni-aaaaaaaa", "10.0.1.60", "10.0.1.60")).toEqual(
      apiError("InvalidParameterValue.DuplicatePara", "The value `10.0.1.60` of `PrivateIpAddresses` is given twice."),
    );
    expect(await assign("eni-aaaaaaaa", ...Array.from({ length: 11 }, (_, index) => `10.0.1.${60 + index}`))).toEqual(
      apiError(
        "InvalidParameterValue.LimitExceeded",
        "The parameter `PrivateIpAddresses` takes at most 10 addresses, got 11.",
      ),
    );
    expect(await assign("eni-aaaaaaaa")).toEqual(
      apiError("MissingParameter", "The request is missing a required parameter `PrivateIpAddresses`."),
    );
    expect(await addressesOn(cloud, "eni-aaaaaaaa")).toEqual([["10.0.1.11", "AVAILABLE"]]);
  });

  test("refuses addresses together with a number, a primary address, and a full subnet", async () => {
    const tell = (body: object) => asRoot(cloud, "AssignPrivateIpAddresses", body);
    const PrivateIpAddresses = [{ PrivateIpAddress: "10.0.1.60", Primary: true }];
    expect(
      await tell({ NetworkInterfaceId: "eni-aaaaaaaa", PrivateIpAddresses, SecondaryPrivateIpAddressCount: 1 }),
    ).toEqual(
      apiError(
        "InvalidParameter.Coexist",
        "The parameters `PrivateIpAddresses` and `SecondaryPrivateIpAddressCount` cannot be specified at the same time.",
      ),
    );
    expect(await tell({ NetworkInterfaceId: "eni-aaaaaaaa", PrivateIpAddresses })).toEqual(
      apiError("UnsupportedOperation", "A primary IP address cannot be assigned."),
    );
    cloud.seed.subnet({
      subnetId: "subnet-tiny0000",
      vpcId: "vpc-11111111",
      cidrBlock: "10.0.3.0/29",
      zone: "ap-singapore-1",
    });
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-tiny0000",
      subnetId: "subnet-tiny0000",
      privateIp: "10.0.3.2",
    });
    expect(await tell({ NetworkInterfaceId: "eni-tiny0000", SecondaryPrivateIpAddressCount: 5 })).toEqual(
      apiError("ResourceInsufficient.Subnet", "The subnet `subnet-tiny0000` has 4 free addresses, 5 were asked for."),
    );
  });
});

describe("UnassignPrivateIpAddresses", () => {
  test("takes the address away and unbinds its EIP; then it can be assigned and associated again", async () => {
    const { RequestId } = await unassign(cloud, "eni-parking0", "10.0.1.100");
    expect(await addressesOn(cloud, "eni-parking0")).toContainEqual(["10.0.1.100", "DELETING"]);
    await taskDone(cloud, RequestId);
    expect(await addressesOn(cloud, "eni-parking0")).toEqual([["10.0.1.101", "AVAILABLE"]]);
    expect(holders).toMatchObject([{ vip: "10.0.1.100", networkInterfaceId: undefined, instanceId: undefined }]);
    expect(eips).toMatchObject([{ addressId: "eip-11111111", privateIp: undefined, networkInterfaceId: undefined }]);
    expect(await addressView(cloud, "eip-11111111")).toMatchObject({ AddressStatus: "UNBIND", PrivateAddressIp: null });

    await taskDone(cloud, (await assign("eni-bbbbbbbb", "10.0.1.100")).RequestId);
    const { TaskId } = await asRoot(cloud, "AssociateAddress", {
      AddressId: "eip-11111111",
      NetworkInterfaceId: "eni-bbbbbbbb",
      PrivateIpAddress: "10.0.1.100",
    });
    await eipTaskDone(cloud, TaskId);
    expect(await addressView(cloud, "eip-11111111")).toMatchObject({
      AddressStatus: "BIND",
      InstanceId: "ins-bbbbbbbb",
    });
  });

  test("refuses primary addresses and those of another ENI", async () => {
    expect(await unassign(cloud, "eni-parking0", "10.0.1.101")).toEqual(
      apiError("UnsupportedOperation", "The primary IP address `10.0.1.101` cannot be unassigned."),
    );
    expect(await unassign(cloud, "eni-aaaaaaaa", "10.0.1.100")).toEqual(
      apiError(
        "UnsupportedOperation.AttachmentNotFound",
        "The private IP address `10.0.1.100` is not on the ENI `eni-aaaaaaaa`.",
      ),
    );
  });
});
