import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { eventually } from "../../../support/client.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

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

describe("an instance is refused with", () => {
  test.each([
    ["an illegal host name", { HostName: "web--pair" }, "InvalidHostName.Malformed"],
    ["too long a name", { InstanceName: "n".repeat(129) }, "InvalidInstanceName.TooLong"],
    ["a small system disk", { SystemDisk: { DiskSize: 10 } }, "InvalidParameterValue.Range"],
    ["an unknown system disk", { SystemDisk: { DiskType: "CLOUD_FAST" } }, "UnsupportedOperation.InvalidDisk"],
    ["too long a disk name", { SystemDisk: { DiskName: "n".repeat(129) } }, "InvalidParameterValue.TooLong"],
    [
      "six security groups",
      { SecurityGroupIds: Array(6).fill("sg-11111111") },
      "LimitExceeded.AssociateUSGLimitExceeded",
    ],
    ["another service's role", { CamRoleName: "functions" }, "AuthFailure.CamRoleNameAuthenticateFailed"],
    ["a role that is not there", { CamRoleName: "nobody" }, "AuthFailure.CamRoleNameAuthenticateFailed"],
  ])("%s", async (_, change, expected) => {
    const statement = [{ action: "name/sts:AssumeRole", effect: "allow", principal: { service: "scf.qcloud.com" } }];
    cloud.seed.role({ roleName: "functions", trustPolicy: { version: "2.0", statement } });
    expect(await code("cvm:RunInstances", machine(network, change))).toBe(expected);
  });

  test("the same, when it is changed", async () => {
    const [InstanceId] = (await ask("cvm:RunInstances", machine(network))).InstanceIdSet;
    await eventually(() => expect(cloud.state.instances.get(InstanceId)?.instanceState).toBe("RUNNING"));
    const modify = (change: object) => code("cvm:ModifyInstancesAttribute", { InstanceIds: [InstanceId], ...change });
    expect(await modify({ HostName: "-a" })).toBe("InvalidHostName.Malformed");
    expect(await modify({ InstanceName: "n".repeat(129) })).toBe("InvalidInstanceName.TooLong");
    expect(await modify({ CamRoleName: "nobody" })).toBe("AuthFailure.CamRoleNameAuthenticateFailed");
  });
});

describe("several instances of one call", () => {
  const several = (more: object) => machine(network, { VirtualPrivateCloud: network, InstanceCount: 3, ...more });

  test("have numbers at the ends of their names, addresses and disks of their own, and one operation", async () => {
    const DataDisks = [{ DiskType: "CLOUD_PREMIUM", DiskSize: 20 }];
    const { InstanceIdSet } = await ask(
      "cvm:RunInstances",
      several({ InstanceName: "node", HostName: "h", DataDisks }),
    );
    await eventually(() =>
      expect([...cloud.state.instances.values()]).toMatchObject([
        { instanceId: InstanceIdSet[0], instanceName: "node1", hostName: "h1", instanceState: "RUNNING" },
        { instanceId: InstanceIdSet[1], instanceName: "node2", hostName: "h2", instanceState: "RUNNING" },
        { instanceId: InstanceIdSet[2], instanceName: "node3", hostName: "h3", instanceState: "RUNNING" },
      ]),
    );
    expect(new Set([...cloud.state.instances.values()].map(({ privateIp }) => privateIp)).size).toBe(3);
    expect([...cloud.state.disks.values()].map(({ instanceId }) => instanceId)).toEqual(
      InstanceIdSet.flatMap((id: string) => [id, id]),
    );
  });

  test("have the addresses that are asked for, one each", async () => {
    const PrivateIpAddresses = ["10.0.1.11", "10.0.1.12", "10.0.1.13"];
    await ask("cvm:RunInstances", several({ VirtualPrivateCloud: { ...network, PrivateIpAddresses } }));
    expect([...cloud.state.instances.values()].map(({ privateIp }) => privateIp)).toEqual(PrivateIpAddresses);
  });

  test("all fail to launch together", async () => {
    cloud.faults.add({ action: "RunInstances", task: "fails" });
    await ask("cvm:RunInstances", several({}));
    await eventually(() =>
      expect([...cloud.state.instances.values()].map(({ instanceState }) => instanceState)).toEqual(
        Array(3).fill("LAUNCH_FAILED"),
      ),
    );
  });

  test.each([
    ["none", { InstanceCount: 0 }, "InvalidParameterValue.Range"],
    ["more than 500", { InstanceCount: 501 }, "InvalidParameterValue.Range"],
    ["more than there are addresses for", { InstanceCount: 300 }, "FailedOperation.NoAvailableIpAddressCountInSubnet"],
    ["fewer addresses than instances", { PrivateIpAddresses: ["10.0.1.11"] }, "InvalidParameterValue"],
    ["an address twice", { PrivateIpAddresses: Array(3).fill("10.0.1.11") }, "InvalidParameterValue.Duplicate"],
  ])(
    "are refused where they are %s, and none is made",
    async (_, { PrivateIpAddresses, ...more }: Wanted, expected) => {
      const VirtualPrivateCloud = { ...network, ...(PrivateIpAddresses && { PrivateIpAddresses }) };
      expect(await code("cvm:RunInstances", several({ VirtualPrivateCloud, ...more }))).toBe(expected);
      expect(cloud.state.instances.size).toBe(0);
      expect(cloud.state.disks.size).toBe(0);
    },
  );

  test("are refused where the placement group has no room for all of them", async () => {
    const { DisasterRecoverGroupId } = await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
    const body = several({ InstanceCount: 51, DisasterRecoverGroupIds: [DisasterRecoverGroupId] });
    expect(await code("cvm:RunInstances", body)).toBe("ResourceInsufficient.DisasterRecoverGroupCvmQuota");
    expect(cloud.state.instances.size).toBe(0);
  });
});

interface Wanted {
  readonly InstanceCount?: number;
  readonly PrivateIpAddresses?: string[];
}
