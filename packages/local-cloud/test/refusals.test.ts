import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../src/index.ts";
import { eventually } from "./client.ts";
import { type Ask, machine, makeNetwork, startEmpty } from "./provisioning.ts";

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

test("an instance's id is checked for its form", async () => {
  expect(await code("cvm:TerminateInstances", { InstanceIds: ["machine"] })).toBe("InvalidInstanceId.Malformed");
});

test("a key pair is a public key with a name of its own, and stays while an instance has it", async () => {
  const PublicKey = `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, 7)]).toString("base64")}`;
  const given = { KeyName: "ops", ProjectId: 0, PublicKey };
  expect(await code("cvm:ImportKeyPair", { ...given, PublicKey: "secret" })).toBe("InvalidPublicKey.Malformed");
  const { KeyId } = await ask("cvm:ImportKeyPair", given);
  expect(await code("cvm:ImportKeyPair", given)).toBe("InvalidKeyPairName.Duplicate");
  await ask("cvm:RunInstances", machine(network, { LoginSettings: { KeyIds: [KeyId] } }));
  expect(await code("cvm:DeleteKeyPairs", { KeyIds: [KeyId] })).toBe("InvalidKeyPair.LimitExceeded");
  expect(await code("cvm:DeleteKeyPairs", { KeyIds: ["skey-99999999"] })).toBe("InvalidKeyPairId.NotFound");
});

test("placement groups are counted, and their ids checked for their form", async () => {
  await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
  expect(await code("cvm:CreateDisasterRecoverGroup", { Name: "q", Type: "HOST" })).toBe(
    "ResourceInsufficient.InsufficientGroupQuota",
  );
  expect(await code("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: ["group"] })).toBe(
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed",
  );
});

test("roles are listed by pages, and asked for by id or name", async () => {
  expect(await code("cam:DescribeRoleList", { Page: 0, Rp: 20 })).toBe("InvalidParameter.ParamError");
  expect(await code("cam:GetRole", {})).toBe("InvalidParameter.ParamError");
});

describe("tags are refused", () => {
  const set = (TagKey: string, TagValue = "v") => ({ ReplaceTags: [{ TagKey, TagValue }] });
  const many = Array.from({ length: 51 }, (_, index) => ({ TagKey: `k${index}`, TagValue: "v" }));
  test.each<[string, object, string]>([
    ["with a key that is too long", set("k".repeat(128)), "InvalidParameterValue.TagKeyLengthExceeded"],
    ["with a value that is too long", set("k", "v".repeat(256)), "InvalidParameterValue.TagValueLengthExceeded"],
    ["with a key of the cloud's own", set("qcs:mine"), "InvalidParameter.ReservedTagKey"],
    ["over fifty", { ReplaceTags: many }, "LimitExceeded.ResourceAttachedTags"],
    [
      "both set and deleted",
      { ...set("k"), DeleteTags: [{ TagKey: "k" }] },
      "InvalidParameterValue.DeleteTagsParamError",
    ],
  ])("%s", async (_, change, expected) => {
    const Resource = `qcs::vpc:ap-singapore:uin/:vpc/${network.VpcId}`;
    expect(await code("tag:ModifyResourceTags", { Resource, ...change })).toBe(expected);
  });
});

test("an EIP is of a provider and a charge type that are there", async () => {
  expect(await code("vpc:AllocateAddresses", { InternetServiceProvider: "CMCC" })).toBe(
    "InvalidParameterValue.Combination",
  );
  expect(await code("vpc:AllocateAddresses", { InternetChargeType: "GIFT" })).toBe(
    "UnsupportedOperation.OfflineChargeType",
  );
});

test("an ENI that is attached is not deleted", async () => {
  const [InstanceId] = (await ask("cvm:RunInstances", machine(network))).InstanceIdSet;
  await eventually(() => expect(cloud.state.instances.get(InstanceId)?.instanceState).toBe("RUNNING"));
  const NetworkInterfaceId = cloud.state.instances.get(InstanceId)?.networkInterfaceId;
  expect(await code("vpc:DeleteNetworkInterface", { NetworkInterfaceId })).toBe("UnsupportedOperation.InvalidState");
});

test("every error code that the source names is in a test", () => {
  const source = join(import.meta.dirname, "../src");
  const text = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
  const codes = text(source).matchAll(/"((?:[A-Z][A-Za-z]+)(?:\.[A-Z][A-Za-z]+)+)"|CloudError\(\s*"(\w+)"/g);
  const named = [...new Set([...codes].map(([, dotted, plain]) => dotted ?? plain ?? ""))].sort();
  const tests = text(import.meta.dirname);
  expect(named.length).toBeGreaterThan(90);
  expect(named.filter((each) => !tests.includes(each))).toEqual([]);
});
