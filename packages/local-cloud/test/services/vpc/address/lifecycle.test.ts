import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { eventually } from "../../../support/client.ts";
import { type Ask, type AskCode, makeNetwork, startEmpty } from "../../../support/provisioning.ts";
import { simulateTime } from "../../../support/simulated-time.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(simulateTime);
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("an EIP is there after its task, keeps its bandwidth within bounds, and goes when it is unbound", async () => {
  const given = { InternetMaxBandwidthOut: 10, AddressName: "e", Tags: [{ Key: "a", Value: "b" }] };
  const { AddressSet, TaskId } = await ask("vpc:AllocateAddresses", given);
  const [AddressId] = AddressSet;
  expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe("OperationDenied.MutexTaskRunning");
  await eventually(async () =>
    expect((await ask("vpc:DescribeTaskResult", { TaskId: Number(TaskId) })).Result).toBe("SUCCESS"),
  );
  expect((await ask("vpc:DescribeAddresses", { AddressIds: AddressSet })).AddressSet).toMatchObject([
    { AddressStatus: "UNBIND", Bandwidth: 10, AddressName: "e", TagSet: [{ Key: "a", Value: "b" }] },
  ]);
  expect(await code("vpc:AllocateAddresses", {})).toBe("AddressQuotaLimitExceeded");
  const bandwidth = (mbps: number) => ({ AddressIds: AddressSet, InternetMaxBandwidthOut: mbps });
  expect(await code("vpc:ModifyAddressesBandwidth", bandwidth(101))).toBe("InvalidParameterValue.BandwidthOutOfRange");
  expect(await code("vpc:ModifyAddressesBandwidth", bandwidth(0))).toBe("InvalidParameterValue.BandwidthTooSmall");
  await ask("vpc:ModifyAddressesBandwidth", bandwidth(20));
  await eventually(() => expect(cloud.state.addresses.get(AddressId)?.bandwidthMbps).toBe(20));

  const { HaVip } = await ask("vpc:CreateHaVip", { HaVipName: "h", ...(await makeNetwork(ask)) });
  const [{ AddressIp }] = (await ask("vpc:DescribeAddresses")).AddressSet;
  await ask("vpc:HaVipAssociateAddressIp", { HaVipId: HaVip.HaVipId, AddressIp });
  await eventually(async () =>
    expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe(
      "UnsupportedOperation.AddressStatusNotPermit",
    ),
  );
  expect(await code("vpc:DeleteHaVip", { HaVipId: HaVip.HaVipId })).toBe("UnsupportedOperation");
  await ask("vpc:HaVipDisassociateAddressIp", { HaVipId: HaVip.HaVipId });
  await eventually(async () => expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBeUndefined());
  await eventually(() => expect(cloud.state.addresses.size).toBe(0));
  expect(await code("vpc:ReleaseAddresses", { AddressIds: AddressSet })).toBe("InvalidAddressId.NotFound");
});

test("an EIP is of a provider and a charge type that are there", async () => {
  expect(await code("vpc:AllocateAddresses", { InternetServiceProvider: "CMCC" })).toBe(
    "InvalidParameterValue.Combination",
  );
  for (const InternetChargeType of ["TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR"]) {
    expect(await code("vpc:AllocateAddresses", { InternetChargeType, InternetMaxBandwidthOut: 101 })).toBe(
      "InvalidParameterValue.BandwidthOutOfRange",
    );
  }
  expect(await code("vpc:AllocateAddresses", { AddressName: "n".repeat(129) })).toBe("InvalidParameterValue.TooLong");
  expect(await code("vpc:AllocateAddresses", { InternetChargeType: "GIFT" })).toBe(
    "UnsupportedOperation.OfflineChargeType",
  );
});

test("what is paid for an EIP changes with its bandwidth, to another charge type that is there", async () => {
  const { AddressSet } = await ask("vpc:AllocateAddresses", {});
  const [AddressId] = AddressSet;
  const to = (InternetChargeType: string, InternetMaxBandwidthOut = 20) => ({
    ...{ AddressId, InternetChargeType, InternetMaxBandwidthOut },
  });
  await eventually(async () =>
    expect(await code("vpc:ModifyAddressInternetChargeType", to("BANDWIDTH_POSTPAID_BY_HOUR"))).toBeUndefined(),
  );
  expect((await ask("vpc:DescribeAddresses", { AddressIds: AddressSet })).AddressSet).toMatchObject([
    { InternetChargeType: "BANDWIDTH_POSTPAID_BY_HOUR", Bandwidth: 20 },
  ]);
  for (const [type, mbps, refusal] of [
    ["BANDWIDTH_POSTPAID_BY_HOUR", 20, "InvalidParameterValue.InternetChargeTypeNotChanged"],
    ["GIFT", 20, "UnsupportedOperation.InvalidAddressInternetChargeType"],
    ["TRAFFIC_POSTPAID_BY_HOUR", 101, "InvalidParameterValue.BandwidthOutOfRange"],
  ] as const) {
    expect(await code("vpc:ModifyAddressInternetChargeType", to(type, mbps))).toBe(refusal);
  }
});
