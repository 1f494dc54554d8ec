import { ids, noFilter, type Provocation, type Provocations, tags, tooLong, tooManyTags } from "./provocation.ts";

const unbound = "eip-22222222";
const bound = "eip-11111111";
const target = { NetworkInterfaceId: "eni-aaaaaaaa", PrivateIpAddress: "10.0.1.11" };
const association = (more: object = {}) => ({ AddressId: unbound, ...target, ...more });
const chargeType = (more: object = {}) => ({
  AddressId: unbound,
  InternetChargeType: "BANDWIDTH_POSTPAID_BY_HOUR",
  InternetMaxBandwidthOut: 5,
  ...more,
});

/** Begins to bind the EIP that is unbound, which takes longer than a test does. */
const whileBinding =
  (body: object): Provocation =>
  async (world) => {
    await world.ask("vpc:AssociateAddress", association());
    return body;
  };

/** An EIP that is malformed, that is not there, that a task works on. */
const wrongAddress = (body: object): Record<string, Provocation> => ({
  "InvalidAddressId.NotFound": { ...body, AddressId: "eip-99999999" },
  "InvalidParameterValue.AddressIdMalformed": { ...body, AddressId: "x" },
  "OperationDenied.MutexTaskRunning": whileBinding({ ...body, AddressId: unbound }),
});

/** What is refused about EIPs, whose actions are VPC's. */
export const addressProvocations: Provocations = {
  "vpc:AllocateAddresses": {
    AddressQuotaLimitExceeded: { AddressCount: 4 },
    "InvalidParameterValue.BandwidthOutOfRange": { InternetMaxBandwidthOut: 10_000 },
    "InvalidParameterValue.BandwidthTooSmall": { InternetMaxBandwidthOut: 0 },
    "InvalidParameterValue.Combination": { AddressType: "AnycastEIP" },
    "InvalidParameterValue.InvalidTag": tags(["", "v"]),
    "LimitExceeded.TagQuota": tooManyTags,
    "UnsupportedOperation.OfflineChargeType": { InternetChargeType: "BANDWIDTH_PACKAGE" },
  },
  "vpc:DescribeAddresses": {
    InvalidParameter: { AddressIds: 1 },
    "InvalidParameter.InvalidFilter": noFilter,
    "InvalidParameterValue.AddressIdMalformed": { AddressIds: ["x"] },
    "InvalidParameterValue.LimitExceeded": { AddressIds: ids("eip", 101) },
  },
  "vpc:AssociateAddress": {
    ...wrongAddress(target),
    "InvalidInstanceId.AlreadyBindEip": (world) => {
      const where = { networkInterfaceId: "eni-bbbbbbbb", privateIp: "10.0.1.12" };
      world.cloud.seed.address({ addressIp: "203.0.113.30", ...where });
      return { AddressId: unbound, InstanceId: "ins-bbbbbbbb" };
    },
    "InvalidInstanceId.NotFound": { AddressId: unbound, InstanceId: "ins-99999999" },
    "InvalidNetworkInterfaceId.NotFound": association({ NetworkInterfaceId: "eni-99999999" }),
    InvalidParameterConflict: association({ InstanceId: "ins-aaaaaaaa" }),
    "InvalidParameterValue.MissingAssociateEntity": { AddressId: unbound },
    "InvalidPrivateIpAddress.AlreadyBindEip": association({
      NetworkInterfaceId: "eni-parking0",
      PrivateIpAddress: "10.0.1.100",
    }),
    "LimitExceeded.InstanceAddressQuota": async (world) => {
      const { networkInterfaceId } = world.cloud.seed.networkInterface({
        ...{ subnetId: "subnet-11111111", privateIp: "10.0.1.60", instanceId: "ins-aaaaaaaa" },
        secondaryPrivateIps: ["10.0.1.61", "10.0.1.62", "10.0.1.63"],
      });
      ["10.0.1.60", "10.0.1.61", "10.0.1.62", "10.0.1.63"].forEach((privateIp, index) =>
        world.cloud.seed.address({ addressIp: `203.0.113.${30 + index}`, networkInterfaceId, privateIp }),
      );
      return association();
    },
    MissingParameter: association({ PrivateIpAddress: undefined }),
    "UnsupportedOperation.AddressStatusNotPermit": association({ AddressId: bound }),
  },
  "vpc:DisassociateAddress": {
    ...wrongAddress({}),
    InvalidParameter: { AddressId: 1 },
    "InvalidAddressIdStatus.NotPermit": { AddressId: unbound },
    "InvalidParameterValue.ResourceNotSupport": (world) => {
      world.cloud.seed.bindAddress({ addressId: unbound, haVipId: "havip-11111111" });
      return { AddressId: unbound };
    },
  },
  "vpc:DescribeTaskResult": {
    InvalidParameter: { TaskId: 9 },
    MissingParameter: {},
  },
  "vpc:ModifyAddressAttribute": {
    ...wrongAddress({}),
    "InvalidParameterValue.TooLong": { AddressId: unbound, AddressName: tooLong },
  },
  "vpc:ModifyAddressesBandwidth": {
    "InvalidAddressId.NotFound": { AddressIds: ids("eip", 1), InternetMaxBandwidthOut: 5 },
    "InvalidParameterValue.AddressIdMalformed": { AddressIds: ["x"], InternetMaxBandwidthOut: 5 },
    "InvalidParameterValue.BandwidthOutOfRange": { AddressIds: [unbound], InternetMaxBandwidthOut: 10_000 },
    "InvalidParameterValue.BandwidthTooSmall": { AddressIds: [unbound], InternetMaxBandwidthOut: 0 },
    "OperationDenied.MutexTaskRunning": whileBinding({ AddressIds: [unbound], InternetMaxBandwidthOut: 5 }),
  },
  "vpc:ModifyAddressInternetChargeType": {
    ...wrongAddress(chargeType()),
    InvalidParameter: chargeType({ InternetMaxBandwidthOut: "5" }),
    "InvalidParameterValue.InternetChargeTypeNotChanged": chargeType({
      InternetChargeType: "TRAFFIC_POSTPAID_BY_HOUR",
    }),
    "UnsupportedOperation.InvalidAddressInternetChargeType": chargeType({ InternetChargeType: "BANDWIDTH_PACKAGE" }),
  },
  "vpc:ReleaseAddresses": {
    "InvalidAddressId.NotFound": { AddressIds: ids("eip", 1) },
    "InvalidParameterValue.AddressIdMalformed": { AddressIds: ["x"] },
    "OperationDenied.MutexTaskRunning": whileBinding({ AddressIds: [unbound] }),
    "UnsupportedOperation.AddressStatusNotPermit": { AddressIds: [bound] },
  },
  "vpc:DescribeBandwidthPackages": {},
};
