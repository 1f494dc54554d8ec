import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkVpcCidr } from "../../packages/local-cloud/src/services/vpc/vpc/cidr";
import { Network } from "../../constructs/index";
import { building, only, SUBNET, synth, types } from "../helpers/synth";

const PROPS = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-singapore-1" };

test("makes a VPC and one subnet in it", () => {
  const stack = synth((scope) => {
    new Network(scope, "Network", { ...PROPS, name: "web", tags: { team: "ops" } });
  });
  expect(only(stack, "tencentcloud_vpc")).toMatchObject({
    name: "web",
    cidr_block: "10.0.0.0/16",
    tags: { team: "ops" },
  });
  expect(only(stack, "tencentcloud_subnet")).toMatchObject({
    name: "web",
    cidr_block: "10.0.1.0/24",
    availability_zone: "ap-singapore-1",
    vpc_id: expect.stringMatching(/^\$\{tencentcloud_vpc\.\w+\.id\}$/),
    tags: { team: "ops" },
  });
});

test("is named by its id where no name is given", () => {
  const stack = synth((scope) => {
    new Network(scope, "Network", PROPS);
  });
  expect(only(stack, "tencentcloud_vpc")["name"]).toBe("Network");
});

test("takes an existing subnet and makes nothing", () => {
  const stack = synth(() => {
    expect(Network.fromSubnetAttributes(SUBNET)).toEqual(SUBNET);
  });
  expect(stack.resource).toBeUndefined();
});

test.each([
  [
    "a VPC without prefix length",
    { cidrBlock: "10.0.0.0" },
    /'cidrBlock' must be an IPv4 network.*"10\.0\.0\.0".*such as/,
  ],
  [
    "a VPC outside the private ranges",
    { cidrBlock: "8.0.0.0/16" },
    /'cidrBlock' must lie in 10\.0\.0\.0\/12,.*got "8\.0/,
  ],
  ["a VPC of a whole /8", { cidrBlock: "10.0.0.0/8" }, /'cidrBlock' must .* a mask of 12 to 28/],
  ["a VPC of 8 addresses", { cidrBlock: "10.0.0.0/29" }, /'cidrBlock' must .* a mask of 12 to 28/],
  ["an empty subnet", { subnetCidrBlock: "" }, /'subnetCidrBlock' must be an IPv4 network.*got ""/],
  [
    "a subnet outside the VPC",
    { subnetCidrBlock: "10.1.1.0/24" },
    /'subnetCidrBlock' must lie inside.*10\.0\.0\.0\/16/,
  ],
  ["a subnet larger than the VPC", { subnetCidrBlock: "10.0.0.0/8" }, /'subnetCidrBlock' must lie inside/],
  ["a name that the provider does not take", { name: "n".repeat(61) }, /'name' must have 1 to 60 characters.*shorter/],
  ["an empty name", { name: "" }, /'name' must have 1 to 60 characters/],
])("refuses %s", (_, props, message) => {
  expect(building((scope) => new Network(scope, "Network", { ...PROPS, ...props }))).toThrow(message);
});

test.each([
  ...["10.0.0.0/8", "10.0.0.0/11", "10.0.0.0/12", "10.15.0.0/16", "10.16.0.0/16", "10.100.0.0/16", "10.0.0.0/28"],
  ...[
    "10.0.0.0/29",
    "172.16.0.0/12",
    "172.31.0.0/16",
    "172.32.0.0/16",
    "192.168.0.0/15",
    "192.168.0.0/16",
    "9.0.0.0/16",
  ],
])("whether a VPC can be %s, the check at synth and the local cloud say alike", (cidrBlock) => {
  const isTaken = (make: () => void) => {
    try {
      make();
      return true;
    } catch {
      return false;
    }
  };
  const subnetCidrBlock = cidrBlock.replace(/\/.*/, "/29");
  const atSynth = building((scope) => new Network(scope, "Network", { ...PROPS, cidrBlock, subnetCidrBlock }));
  expect(isTaken(atSynth)).toBe(isTaken(() => checkVpcCidr(cidrBlock)));
});

test("the ranges of a new VPC are those of the description of CreateVpc", () => {
  const models = require.resolve("tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.d.ts");
  const request = /interface CreateVpcRequest \{[^]*?CidrBlock: string/.exec(readFileSync(models, "utf8"))?.[0] ?? "";
  const ranges = request.match(/\d+\.\d+\.\d+\.\d+\/\d+/g) ?? [];
  expect(ranges).toHaveLength(3);
  expect(building((scope) => new Network(scope, "Network", { ...PROPS, cidrBlock: "8.0.0.0/16" }))).toThrow(
    `must lie in ${ranges.join(", ")} and`,
  );
});

test("refuses an existing subnet without its network", () => {
  expect(() => Network.fromSubnetAttributes({ ...SUBNET, cidrBlock: "" })).toThrow(/'cidrBlock' must be an IPv4/);
});

describe("a VPC that exists", () => {
  test("gets a subnet and no VPC", () => {
    const stack = synth((scope) => {
      new Network(scope, "Network", {
        vpc: Network.fromVpcAttributes({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" }),
        subnetCidrBlock: "10.0.7.0/24",
        availabilityZone: "ap-singapore-1",
      });
    });
    expect(types(stack)).toEqual(["tencentcloud_subnet", "terraform_data"]);
    expect(only(stack, "tencentcloud_subnet")).toMatchObject({ vpc_id: "vpc-1", cidr_block: "10.0.7.0/24" });
  });

  test.each([
    ["a subnet outside it", { vpc: { vpcId: "vpc-1", cidrBlock: "10.1.0.0/16" } }, /must lie inside the VPC's 10\.1/],
    [
      "a new one beside it",
      { cidrBlock: "10.0.0.0/16", vpc: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" } },
      /set exactly one of them/,
    ],
    ["neither", {}, /'cidrBlock' and 'vpc' exclude each other.*set exactly one of them/],
  ])("refuses %s", (_, props, message) => {
    const rest = { subnetCidrBlock: "10.0.7.0/24", availabilityZone: "ap-singapore-1" };
    expect(building((scope) => new Network(scope, "Network", { ...props, ...rest }))).toThrow(message);
  });
});
