import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let network: { VpcId: string; SubnetId: string };
beforeEach(async () => {
  ({ cloud, ask } = await startEmpty({ quotas: { placementGroups: 1 } }));
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

const code = async (operation: `${string}:${string}`, body: object) => (await ask(operation, body)).Error?.Code;

describe("an instance is refused in", () => {
  test.each([
    ["a VPC that is no id", { VpcId: "vpc" }, "InvalidParameterValue.VpcIdMalformed"],
    ["a VPC that is not there", { VpcId: "vpc-99999999" }, "InvalidParameterValue.VpcIdNotExist"],
    ["a subnet that is no id", { SubnetId: "subnet" }, "InvalidParameterValue.SubnetIdMalformed"],
    ["a subnet that is not there", { SubnetId: "subnet-99999999" }, "InvalidParameterValue.SubnetNotExist"],
  ])("%s", async (_, change, expected) => {
    expect(await code("cvm:RunInstances", machine({ ...network, ...change }))).toBe(expected);
  });

  test("a subnet of another VPC", async () => {
    const { Vpc } = await ask("vpc:CreateVpc", { VpcName: "w", CidrBlock: "10.1.0.0/16" });
    const body = machine({ ...network, VpcId: Vpc.VpcId });
    expect(await code("cvm:RunInstances", body)).toBe("InvalidParameterValue.VpcIdSubnetIdNotMatch");
  });

  test("a subnet without a free address", async () => {
    const { VpcId } = network;
    const subnet = { VpcId, SubnetName: "t", CidrBlock: "10.0.9.0/29", Zone: "ap-singapore-1" };
    const { SubnetId } = (await ask("vpc:CreateSubnet", subnet)).Subnet;
    const anyAddress = { VirtualPrivateCloud: { VpcId, SubnetId } };
    for (let count = 0; count < 5; count += 1) {
      expect(await code("cvm:RunInstances", machine(network, anyAddress))).toBeUndefined();
    }
    expect(await code("cvm:RunInstances", machine(network, anyAddress))).toBe(
      "FailedOperation.NoAvailableIpAddressCountInSubnet",
    );
  });
});
