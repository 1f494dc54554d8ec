import { afterEach, beforeEach, expect, test } from "vitest";
import { CloudError, type LocalCloud } from "../src/index.ts";
import { startPair } from "./support/pair.ts";

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

const subnetId = "subnet-11111111";
const zone = "ap-singapore-1";

function refusal(seed: () => unknown): [code: string, message: string] {
  try {
    seed();
  } catch (error) {
    if (error instanceof CloudError) return [error.code, error.message];
    throw error;
  }
  throw new Error("it was not refused");
}

test("gives ids like the cloud's where none are given", () => {
  const { vpcId } = cloud.seed.vpc({ cidrBlock: "172.16.0.0/12" });
  const subnet = cloud.seed.subnet({ vpcId, cidrBlock: "172.16.1.0/24", zone });
  const instance = cloud.seed.instance({ subnetId: subnet.subnetId, privateIp: "172.16.1.10" });
  const eni = cloud.state.networkInterfaces.get(instance.networkInterfaceId);
  const haVip = cloud.seed.haVip({ subnetId: subnet.subnetId, vip: "172.16.1.20" });
  const address = cloud.seed.address({ addressIp: "203.0.113.99", haVipId: haVip.haVipId });
  expect(vpcId).toMatch(/^vpc-[0-9a-z]{8}$/);
  expect(subnet.subnetId).toMatch(/^subnet-[0-9a-z]{8}$/);
  expect(instance.instanceId).toMatch(/^ins-[0-9a-z]{8}$/);
  expect(instance.networkInterfaceId).toMatch(/^eni-[0-9a-z]{8}$/);
  expect(eni?.macAddress).toMatch(/^52:54:00(:[0-9A-F]{2}){3}$/);
  expect(haVip.haVipId).toMatch(/^havip-[0-9a-z]{8}$/);
  expect(address.addressId).toMatch(/^eip-[0-9a-z]{8}$/);
});

test("tells nothing to listeners", () => {
  const events: unknown[] = [];
  for (const name of ["holder", "eip", "call"] as const) cloud.on(name, (event) => events.push(event));
  cloud.seed.bindAddress({ addressId: "eip-22222222", networkInterfaceId: "eni-aaaaaaaa", privateIp: "10.0.1.11" });
  expect(events).toEqual([]);
});

test("refuses an address twice in a VPC, whoever has it, and allows it in another VPC", () => {
  const taken = (holder: string, address: string) => [
    "ResourceInUse",
    `The private IP address \`${address}\` is in use by \`${holder}\`.`,
  ];
  expect(refusal(() => cloud.seed.networkInterface({ subnetId, privateIp: "10.0.1.11" }))).toEqual(
    taken("eni-aaaaaaaa", "10.0.1.11"),
  );
  expect(refusal(() => cloud.seed.instance({ subnetId, privateIp: "10.0.1.200" }))).toEqual(
    taken("havip-11111111", "10.0.1.200"),
  );
  expect(refusal(() => cloud.seed.haVip({ subnetId, vip: "10.0.1.100" }))).toEqual(taken("eni-parking0", "10.0.1.100"));
  expect(
    refusal(() =>
      cloud.seed.networkInterface({ subnetId, privateIp: "10.0.1.70", secondaryPrivateIps: ["10.0.1.70"] }),
    ),
  ).toEqual(["InvalidParameterValue.DuplicatePara", "The value `10.0.1.70` of `PrivateIpAddresses` is given twice."]);
  const { vpcId } = cloud.seed.vpc({ cidrBlock: "10.0.0.0/16" });
  const other = cloud.seed.subnet({ vpcId, cidrBlock: "10.0.1.0/24", zone });
  expect(cloud.seed.haVip({ subnetId: other.subnetId, vip: "10.0.1.100" }).vip).toBe("10.0.1.100");
});

test("refuses addresses outside the subnet and reserved ones", () => {
  expect(refusal(() => cloud.seed.haVip({ subnetId, vip: "10.0.2.100" }))).toEqual([
    "InvalidParameterValue.Range",
    "The value `10.0.2.100` of `Vip` is not in the subnet `subnet-11111111` (10.0.1.0/24).",
  ]);
  expect(refusal(() => cloud.seed.networkInterface({ subnetId, privateIp: "10.0.1.1" }))).toEqual([
    "InvalidParameterValue.Reserved",
    "The value `10.0.1.1` of `PrivateIpAddresses` is reserved by the system in the subnet `subnet-11111111` (10.0.1.0/24).",
  ]);
});

test("refuses subnets outside the VPC or over another, and malformed blocks", () => {
  const subnet = (cidrBlock: string) => refusal(() => cloud.seed.subnet({ vpcId: "vpc-11111111", cidrBlock, zone }));
  expect(subnet("10.1.0.0/24")).toEqual([
    "InvalidParameterValue.SubnetRange",
    "The subnet `10.1.0.0/24` is not in the VPC `vpc-11111111` (10.0.0.0/16).",
  ]);
  expect(subnet("10.0.0.0/23")).toEqual([
    "InvalidParameterValue.SubnetConflict",
    "The subnet `10.0.0.0/23` overlaps `subnet-11111111` (10.0.1.0/24).",
  ]);
  for (const cidrBlock of ["10.0.3.1/24", "10.0.3.0/33", "10.0.3/24", "10.0.3.0"]) {
    expect(subnet(cidrBlock)).toEqual([
      "InvalidParameterValue.Malformed",
      `The value \`${cidrBlock}\` of \`CidrBlock\` is malformed.`,
    ]);
  }
});

test("refuses an EIP twice: the same address, two targets, or two on one target", () => {
  expect(refusal(() => cloud.seed.address({ addressIp: "203.0.113.10" }))).toEqual([
    "ResourceInUse.Address",
    "The address `203.0.113.10` is in use by `eip-11111111`.",
  ]);
  const parked = { networkInterfaceId: "eni-parking0", privateIp: "10.0.1.100" };
  expect(refusal(() => cloud.seed.bindAddress({ addressId: "eip-22222222", ...parked }))).toEqual([
    "InvalidPrivateIpAddress.AlreadyBindEip",
    "The private IP address `10.0.1.100` of `eni-parking0` is already bound to the EIP `eip-11111111`.",
  ]);
  expect(refusal(() => cloud.seed.bindAddress({ addressId: "eip-11111111", haVipId: "havip-11111111" }))).toEqual([
    "UnsupportedOperation.AddressStatusNotPermit",
    "The status `BIND_ENI` of `eip-11111111` does not permit this operation.",
  ]);
  cloud.seed.bindAddress({ addressId: "eip-22222222", haVipId: "havip-11111111" });
  expect(refusal(() => cloud.seed.address({ addressIp: "203.0.113.30", haVipId: "havip-11111111" }))).toEqual([
    "UnsupportedOperation.BindEIP",
    "The HAVIP `havip-11111111` already has the EIP `203.0.113.20`.",
  ]);
  expect(
    refusal(() => cloud.seed.address({ addressIp: "203.0.113.30", haVipId: "havip-11111111", ...parked })),
  ).toEqual(["InvalidParameterConflict", "`haVipId` and `networkInterfaceId` cannot be specified at the same time."]);
  expect(refusal(() => cloud.seed.address({ addressIp: "203.0.113.30", networkInterfaceId: "eni-parking0" }))).toEqual([
    "MissingParameter",
    "The request is missing a required parameter `PrivateIpAddress`.",
  ]);
  expect(cloud.state.addresses.size).toBe(2);
});

test("refuses ids twice, and leaves nothing behind", () => {
  expect(refusal(() => cloud.seed.instance({ instanceId: "ins-aaaaaaaa", subnetId, privateIp: "10.0.1.70" }))).toEqual([
    "ResourceInUse",
    "The resource `ins-aaaaaaaa` already exists.",
  ]);
  expect(cloud.state.networkInterfaces.size).toBe(3);
  expect(refusal(() => cloud.seed.role({ roleName: "pair-hook" }))[0]).toBe("ResourceInUse");
  const document = { version: "2.0", statement: [{ effect: "allow", action: "*", resource: "*" }] };
  expect(refusal(() => cloud.seed.policy({ policyName: "pair-hook", document }))[0]).toBe(
    "FailedOperation.PolicyNameInUse",
  );
});

test("refuses what refers to nothing", () => {
  const missing = (parameter: string, id: string) => [
    "ResourceNotFound",
    `The resource \`${id}\` of \`${parameter}\` does not exist.`,
  ];
  const { seed } = cloud;
  expect(refusal(() => seed.subnet({ vpcId: "vpc-x", cidrBlock: "10.0.9.0/24", zone }))).toEqual(
    missing("VpcId", "vpc-x"),
  );
  expect(refusal(() => seed.haVip({ subnetId: "subnet-x", vip: "10.0.1.9" }))).toEqual(missing("SubnetId", "subnet-x"));
  expect(refusal(() => seed.instance({ subnetId, privateIp: "10.0.1.9", camRoleName: "nobody" }))).toEqual(
    missing("CamRoleName", "nobody"),
  );
  expect(refusal(() => seed.rolePolicyAttachment({ roleName: "pair-hook", policyId: 7 }))).toEqual(
    missing("PolicyId", "7"),
  );
});

test("refuses an eleventh HAVIP in a VPC", () => {
  for (let index = 1; index < 10; index += 1) cloud.seed.haVip({ subnetId, vip: `10.0.1.${200 + index}` });
  expect(refusal(() => cloud.seed.haVip({ subnetId, vip: "10.0.1.210" }))).toEqual([
    "LimitExceeded",
    "The VPC `vpc-11111111` has 10 HAVIPs of at most 10.",
  ]);
});
