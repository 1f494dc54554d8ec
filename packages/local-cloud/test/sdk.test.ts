import { Agent } from "node:http";
import { connect } from "node:net";
import { vpc } from "tencentcloud-sdk-nodejs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalCloud } from "../src/index.ts";
import { eventually } from "./client.ts";
import { rootKey, startPair } from "./pair.ts";

/** The cloud's own SDK: its signature and its models, at the host name that it knows; only the connection leads here. */
class LocalAgent extends Agent {
  constructor(private readonly url: URL) {
    super();
  }

  override createConnection() {
    return connect(Number(this.url.port), this.url.hostname);
  }
}

let cloud: LocalCloud;
let client: InstanceType<typeof vpc.v20170312.Client>;
beforeAll(async () => {
  cloud = await startPair({ taskMs: 20 });
  const agent = new LocalAgent(new URL(cloud.apiUrls[0] ?? ""));
  const httpProfile = { endpoint: "vpc.tencentcloudapi.com", protocol: "http://", agent };
  client = new vpc.v20170312.Client({ credential: rootKey, region: "ap-singapore", profile: { httpProfile } });
});
afterAll(() => cloud.stop());

/** Waits for a task, as the call that began it says it: by its RequestId. */
const taskDone = (requestId = "") =>
  eventually(async () => expect((await client.DescribeVpcTaskResult({ TaskId: requestId })).Status).toBe("SUCCESS"));

const holderOf = async (address: string) => {
  const { NetworkInterfaceSet } = await client.DescribeNetworkInterfaces({
    Filters: [
      { Name: "vpc-id", Values: ["vpc-11111111"] },
      { Name: "address-ip", Values: [address] },
    ],
  });
  return NetworkInterfaceSet?.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
};

test("moves an address from one network interface to another", async () => {
  expect(await holderOf("10.0.1.100")).toEqual(["eni-parking0"]);
  const { RequestId } = await client.MigratePrivateIpAddress({
    SourceNetworkInterfaceId: "eni-parking0",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
  });
  await taskDone(RequestId);
  expect(await holderOf("10.0.1.100")).toEqual(["eni-aaaaaaaa"]);
});

test("takes an address away and assigns it again", async () => {
  const given = { NetworkInterfaceId: "eni-bbbbbbbb", PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.77" }] };
  const { PrivateIpAddressSet, RequestId } = await client.AssignPrivateIpAddresses(given);
  expect(PrivateIpAddressSet?.map(({ PrivateIpAddress }) => PrivateIpAddress)).toEqual(["10.0.1.77"]);
  await taskDone(RequestId);
  expect(await holderOf("10.0.1.77")).toEqual(["eni-bbbbbbbb"]);
  await taskDone((await client.UnassignPrivateIpAddresses(given)).RequestId);
  expect(await holderOf("10.0.1.77")).toEqual([]);
});

test("binds an EIP to an address, shows it there, and unbinds it", async () => {
  const binding = { NetworkInterfaceId: "eni-bbbbbbbb", PrivateIpAddress: "10.0.1.12" };
  await client.AssociateAddress({ AddressId: "eip-22222222", ...binding });
  const bound = async () => (await client.DescribeAddresses({ AddressIds: ["eip-22222222"] })).AddressSet?.[0];
  await eventually(async () =>
    expect(await bound()).toMatchObject({ AddressStatus: "BIND", PrivateAddressIp: "10.0.1.12" }),
  );
  const { TaskId } = await client.DisassociateAddress({ AddressId: "eip-22222222" });
  await eventually(async () => {
    expect((await client.DescribeTaskResult({ TaskId: Number(TaskId) })).Result).toBe("SUCCESS");
  });
  expect(await bound()).toMatchObject({ AddressStatus: "UNBIND" });
});

test("associates nodes and an EIP with a HAVIP, and takes them off again", async () => {
  const association = { HaVipAssociationSet: [{ HaVipId: "havip-11111111", InstanceId: "ins-aaaaaaaa" }] };
  const seen = async () => (await client.DescribeHaVips({ HaVipIds: ["havip-11111111"] })).HaVipSet?.[0];
  await client.AssociateHaVipInstance(association);
  await client.HaVipAssociateAddressIp({ HaVipId: "havip-11111111", AddressIp: "203.0.113.20" });
  await eventually(async () =>
    expect(await seen()).toMatchObject({
      AddressIp: "203.0.113.20",
      CheckAssociate: true,
      HaVipAssociationSet: [expect.objectContaining({ InstanceId: "ins-aaaaaaaa" })],
    }),
  );
  await client.HaVipDisassociateAddressIp({ HaVipId: "havip-11111111" });
  await client.DisassociateHaVipInstance(association);
  await eventually(async () => expect((await seen())?.HaVipAssociationSet).toEqual([]));
});

test("gets the cloud's error with its code and RequestId", async () => {
  const move = {
    SourceNetworkInterfaceId: "eni-99999999",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
  };
  await expect(client.MigratePrivateIpAddress(move)).rejects.toMatchObject({
    code: "ResourceNotFound",
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});
