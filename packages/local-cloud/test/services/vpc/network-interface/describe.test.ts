import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { asRoot, eniView, startPair } from "../../../support/pair.ts";
import { apiError } from "../../../support/client.ts";

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startPair();
  cloud.seed.networkInterface({
    networkInterfaceId: "eni-suffix00",
    subnetId: "subnet-22222222",
    privateIp: "10.0.2.11",
  });
});
afterAll(() => cloud.stop());

const describeEnis = (body: object) => asRoot(cloud, "DescribeNetworkInterfaces", body);
const filtered = async (...filters: [name: string, ...values: string[]][]) => {
  const Filters = filters.map(([Name, ...Values]) => ({ Name, Values }));
  const { NetworkInterfaceSet } = await describeEnis({ Filters });
  return NetworkInterfaceSet.map((eni: { NetworkInterfaceId: string }) => eni.NetworkInterfaceId);
};

test("shows an ENI with all the fields that the API has", async () => {
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(await eniView(cloud, "eni-aaaaaaaa")).toEqual({
    NetworkInterfaceId: "eni-aaaaaaaa",
    NetworkInterfaceName: "eni-aaaaaaaa",
    NetworkInterfaceDescription: "",
    SubnetId: "subnet-11111111",
    VpcId: "vpc-11111111",
    GroupSet: [],
    Primary: true,
    MacAddress: "52:54:00:00:00:AA",
    State: "AVAILABLE",
    NetworkInterfaceState: "INUSE",
    PrivateIpAddressSet: [
      {
        PrivateIpAddress: "10.0.1.11",
        Primary: true,
        PublicIpAddress: "",
        AddressId: "",
        Description: "",
        IsWanIpBlocked: false,
        State: "AVAILABLE",
        QosLevel: "DEFAULT",
      },
    ],
    Attachment: { InstanceId: "ins-aaaaaaaa", DeviceIndex: 0, InstanceAccountId: expect.any(String), AttachTime: time },
    Zone: "ap-singapore-1",
    CreatedTime: time,
    Ipv6AddressSet: [],
    TagSet: [],
    EniType: 1,
    Business: "cvm",
    CdcId: "",
    AttachType: 0,
    QosLevel: "DEFAULT",
  });
});

test("shows an ENI that is attached to nothing, with the EIP of its address", async () => {
  const eni = await eniView(cloud, "eni-parking0");
  expect(eni).toMatchObject({ Primary: false, EniType: 0, Attachment: null, NetworkInterfaceState: "AVAILABLE" });
  expect(eni.PrivateIpAddressSet[1]).toMatchObject({
    PrivateIpAddress: "10.0.1.100",
    Primary: false,
    PublicIpAddress: "203.0.113.10",
    AddressId: "eip-11111111",
  });
});

test("finds by VPC, subnet, instance, id, name and whether it is primary", async () => {
  expect(await filtered(["vpc-id", "vpc-11111111"])).toHaveLength(4);
  expect(await filtered(["vpc-id", "vpc-22222222"])).toEqual([]);
  expect(await filtered(["subnet-id", "subnet-22222222"])).toEqual(["eni-suffix00"]);
  expect(await filtered(["attachment.instance-id", "ins-aaaaaaaa", "ins-bbbbbbbb"])).toEqual([
    "eni-aaaaaaaa",
    "eni-bbbbbbbb",
  ]);
  expect(await filtered(["network-interface-id", "eni-parking0"])).toEqual(["eni-parking0"]);
  expect(await filtered(["network-interface-name", "eni-parking0"])).toEqual(["eni-parking0"]);
  expect(await filtered(["is-primary", "true"])).toEqual(["eni-aaaaaaaa", "eni-bbbbbbbb"]);
  expect(await filtered(["is-primary", "false"], ["subnet-id", "subnet-11111111"])).toEqual(["eni-parking0"]);
});

test("a single address-ip matches the end of addresses", async () => {
  expect(await filtered(["address-ip", ".11"])).toEqual(["eni-aaaaaaaa", "eni-suffix00"]);
  expect(await filtered(["address-ip", "1.11"])).toEqual(["eni-aaaaaaaa"]);
  expect(await filtered(["address-ip", "0.1.100"])).toEqual(["eni-parking0"]);
});

test("address-ip matches exactly with ip-exact-match or with several values", async () => {
  expect(await filtered(["address-ip", ".11"], ["ip-exact-match", "true"])).toEqual([]);
  expect(await filtered(["address-ip", "10.0.1.11"], ["ip-exact-match", "true"])).toEqual(["eni-aaaaaaaa"]);
  expect(await filtered(["address-ip", ".11", ".12"])).toEqual([]);
  expect(await filtered(["address-ip", "10.0.1.11", "10.0.1.12"])).toEqual(["eni-aaaaaaaa", "eni-bbbbbbbb"]);
  expect(await filtered(["ip-exact-match", "10.0.1.100"])).toEqual(["eni-parking0"]);
});

test("gives pages and the total", async () => {
  const ids = async (body: object) => {
    const { NetworkInterfaceSet, TotalCount } = await describeEnis(body);
    return [TotalCount, ...NetworkInterfaceSet.map((eni: { NetworkInterfaceId: string }) => eni.NetworkInterfaceId)];
  };
  expect(await ids({ Limit: 2 })).toEqual([4, "eni-aaaaaaaa", "eni-bbbbbbbb"]);
  expect(await ids({ Limit: 2, Offset: 3 })).toEqual([4, "eni-suffix00"]);
  expect(await ids({ Offset: 9 })).toEqual([4]);
});

test("twenty are given unless a limit says otherwise", async () => {
  await using other = await startPair();
  for (let index = 0; index < 25; index += 1) {
    other.seed.networkInterface({ subnetId: "subnet-22222222", privateIp: `10.0.2.${100 + index}` });
  }
  expect((await asRoot(other, "DescribeNetworkInterfaces")).NetworkInterfaceSet).toHaveLength(20);
  expect((await asRoot(other, "DescribeNetworkInterfaces", { Limit: 100 })).NetworkInterfaceSet).toHaveLength(28);
});

test("ids that do not exist are left out", async () => {
  const body = { NetworkInterfaceIds: ["eni-aaaaaaaa", "eni-zzzzzzzz"] };
  expect(await describeEnis(body)).toMatchObject({
    TotalCount: 1,
    NetworkInterfaceSet: [{ NetworkInterfaceId: "eni-aaaaaaaa" }],
  });
});

test("refuses ids together with filters, unknown filters and limits out of range", async () => {
  expect(
    await describeEnis({ NetworkInterfaceIds: ["eni-aaaaaaaa"], Filters: [{ Name: "vpc-id", Values: ["x"] }] }),
  ).toEqual(
    apiError("InvalidParameter.Coexist", "The parameters ids and `Filters` cannot be specified at the same time."),
  );
  for (const Name of ["vpcid", "constructor"]) {
    expect(await describeEnis({ Filters: [{ Name, Values: ["x"] }] })).toEqual(
      apiError("InvalidParameter.FilterInvalidKey", `The filter \`${Name}\` is not valid.`),
    );
  }
  for (const Limit of [0, 101]) {
    expect(await describeEnis({ Limit })).toEqual(
      apiError("InvalidParameterValue.Range", `The value \`${Limit}\` of \`Limit\` is not between 1 and 100.`),
    );
  }
  expect(await describeEnis({ NetworkInterfaceIds: Array.from({ length: 101 }, () => "eni-aaaaaaaa") })).toEqual(
    apiError("InvalidParameterValue.LimitExceeded", "At most 100 ids can be specified, got 101."),
  );
});
