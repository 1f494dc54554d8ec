import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { eventually } from "../../../support/client.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(simulateTime);
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("an ENI is PENDING with its addresses, then AVAILABLE, then gone with them", async () => {
  const { VpcId, SubnetId } = await makeNetwork(ask);
  const addresses = [
    { PrivateIpAddress: "10.0.1.101", Primary: true, Description: "parking" },
    { PrivateIpAddress: "10.0.1.100", Primary: false },
  ];
  const eni = { VpcId, SubnetId, NetworkInterfaceName: "parking", PrivateIpAddresses: addresses };
  const { NetworkInterface } = await ask("vpc:CreateNetworkInterface", eni);
  const { NetworkInterfaceId } = NetworkInterface;
  expect(NetworkInterface).toMatchObject({
    State: "PENDING",
    PrivateIpAddressSet: [
      { PrivateIpAddress: "10.0.1.101", Primary: true, Description: "parking" },
      { PrivateIpAddress: "10.0.1.100", Primary: false },
    ],
  });
  expect(await code("vpc:DeleteNetworkInterface", { NetworkInterfaceId })).toBe(
    "UnsupportedOperation.MutexOperationTaskRunning",
  );
  expect(await code("vpc:CreateNetworkInterface", eni)).toBe("ResourceInUse");
  const tooMany = Array.from({ length: 11 }, (_, index) => ({ PrivateIpAddress: `10.0.1.${110 + index}` }));
  expect(await code("vpc:CreateNetworkInterface", { ...eni, PrivateIpAddresses: tooMany })).toBe(
    "InvalidParameterValue.LimitExceeded",
  );
  const NetworkInterfaceDescription = "d".repeat(61);
  expect(await code("vpc:CreateNetworkInterface", { ...eni, NetworkInterfaceDescription })).toBe(
    "InvalidParameterValue.TooLong",
  );
  expect((await ask("vpc:DescribeUsedIpAddress", { VpcId, SubnetId })).IpAddressStates).toMatchObject([
    { IpAddress: "10.0.1.101", ResourceType: "ENI", ResourceId: NetworkInterfaceId },
    { IpAddress: "10.0.1.100", ResourceType: "ENI", ResourceId: NetworkInterfaceId },
  ]);
  await eventually(async () =>
    expect((await ask("vpc:DescribeNetworkInterfaces")).NetworkInterfaceSet).toMatchObject([{ State: "AVAILABLE" }]),
  );
  await ask("vpc:DeleteNetworkInterface", { NetworkInterfaceId });
  await eventually(() => expect(cloud.state.networkInterfaces.size).toBe(0));
});

test("an ENI that is attached is not deleted", async () => {
  const [InstanceId] = (await ask("cvm:RunInstances", machine(await makeNetwork(ask)))).InstanceIdSet;
  await eventually(() => expect(cloud.state.instances.get(InstanceId)?.instanceState).toBe("RUNNING"));
  const NetworkInterfaceId = cloud.state.instances.get(InstanceId)?.networkInterfaceId;
  expect(await code("vpc:DeleteNetworkInterface", { NetworkInterfaceId })).toBe("UnsupportedOperation.InvalidState");
});
