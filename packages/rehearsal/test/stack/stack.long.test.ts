import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Fn, ref, TerraformLocal, Token, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Mechanism } from "pairctl/contract";
import {
  Eip,
  HaVip,
  HealthCheck,
  Network,
  PairctlRole,
  PeerSecurityGroup,
  PlacementGroup,
  SecondaryPrivateIp,
} from "../../../../constructs/index.ts";
import { Instance, Subnet } from "../../../../constructs/provider.ts";
import { seededCloud } from "../../src/lab/seed.ts";
import { readStack, type StackModel } from "../../src/stack/stack.ts";
import { afterSilence } from "../../src/timing/bounds.ts";
import { timingOf } from "../../src/timing/timing.ts";
import { synthesizedPair } from "../../src/stack/synth.ts";
import {
  haVip,
  newNetwork,
  pair,
  privateIp,
  shippedStack,
  stackOf,
  SUBNET,
  synthesizeProgram,
  synthesizeStack,
} from "./programs.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-stack-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the local cloud takes of a stack, as a deploy would leave it: nothing of it is refused. */
async function inCloud(stack: StackModel) {
  const { cloud } = await seededCloud(stack, {});
  await using _ = cloud;
  const addresses = [...cloud.state.addresses.values()];
  return {
    holders: stack.addresses.map(({ vip }) => cloud.holderOf(vip)?.networkInterfaceId),
    bindings: addresses.map(({ addressId, binding }) => [addressId, binding?.kind]),
    roles: [...cloud.state.roles.keys()],
    instances: [...cloud.state.instances.keys()],
  };
}

const textOf = (stack: StackModel) => gunzipSync(stack.nodes[0].userData).toString();
const settingsOf = (stack: StackModel) =>
  JSON.parse(/^ *(\{"mechanism".*\})$/m.exec(textOf(stack))?.[1] ?? "") as Record<string, unknown>;

describe.each<Mechanism>(["havip", "secondary-private-ip"])("the shipped stack with mechanism %s", (mechanism) => {
  test("is read as what it declares, and taken by the local cloud", async () => {
    const stack = shippedStack(folder, mechanism);
    expect(stack).toMatchObject({
      mechanism,
      region: "ap-singapore",
      vip: "10.0.1.100",
      advertIntMs: 1000,
      downTimerAdverts: 3,
      vpc: { cidrBlock: "10.0.0.0/16" },
      subnet: { cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" },
      nodes: [
        { role: "primary", privateIp: "10.0.1.11", instanceName: "web-pair-primary" },
        { role: "secondary", privateIp: "10.0.1.12", instanceName: "web-pair-secondary" },
      ],
      role: { roleName: "web-pair-hook" },
      eip: { bound: true },
      packages: ["keepalived", "nodejs"],
    });
    expect(stack.addresses).toHaveLength(1);
    expect(stack.nodes[0].metadataEndpoint).toBe("http://metadata.tencentyun.com");
    const ids = stack.nodes.map(({ instanceId }) => instanceId);
    expect(stack.haVip?.associated).toEqual(mechanism === "havip" ? ids : undefined);
    expect(textOf(stack)).toMatch(/^#cloud-config\n/);
    expect(textOf(stack)).not.toContain("${tencentcloud_");
    expect(settingsOf(stack)).toMatchObject({ vpcId: stack.vpc.vpcId });
    const { holders, bindings, instances } = await inCloud(stack);
    expect(holders).toEqual([mechanism === "havip" ? undefined : stack.parkingEni?.networkInterfaceId]);
    expect(bindings).toEqual([[stack.eip?.addressId, mechanism === "havip" ? "haVip" : "eni"]]);
    expect(instances).toEqual(ids);
  });
});

test("settings with a subnet that exists tell its range", () => {
  const { cidrBlock: subnetCidrBlock, ...subnet } = SUBNET;
  const choice = synthesizedPair("pair.yaml", "havip", folder, { network: { ...subnet, subnetCidrBlock } });
  expect(readStack(choice).subnet).toMatchObject({ subnetId: SUBNET.subnetId, cidrBlock: "10.0.1.0/24" });
});

test("sub-second adverts, and how many of them may be missing, are what the bounds of an outage derive from", () => {
  const keepalived = { minKeepalivedVersion: "2.2.7", vrrpVersion: 3, advertInt: 0.2, downTimerAdverts: 5 };
  const stack = shippedStack(folder, "secondary-private-ip", { keepalived });
  expect(stack).toMatchObject({ advertIntMs: 200, downTimerAdverts: 5 });
  const outageMs = (choice: StackModel) => afterSilence(timingOf({ stack: choice, cloud: { taskMs: 200 } }));
  expect(outageMs(shippedStack(folder, "secondary-private-ip")) - outageMs(stack)).toBe(4 * 1000 - 6 * 200);
});

test("how fast the health check tells is read, too: so often as it must fail, with its interval and its time limit", () => {
  const healthCheck = { tcp: 80, intervalSeconds: 2, timeoutSeconds: 3, fall: 2, rise: 4 };
  const stack = shippedStack(folder, "havip", { healthCheck });
  expect(stack.healthCheck).toEqual({ failsAfterMs: 10_000, recoversAfterMs: 20_000 });
  expect(shippedStack(folder, "havip").healthCheck).toBeUndefined();
});

const subnetCidr = SUBNET.cidrBlock;

describe("a program of another team's", () => {
  test("may have its pair deep in the tree, among machines that are none of a pair's", () => {
    const path = synthesizeStack(folder, (stack) => {
      const team = new Construct(new Construct(stack, "Platform"), "Team");
      pair(team, { virtualIp: haVip(team, newNetwork(team).subnet) });
      new Instance(stack, "Bastion", { imageId: "img-1", availabilityZone: "ap-singapore-1", instanceName: "bastion" });
      new Instance(stack, "Other", {
        imageId: "img-1",
        availabilityZone: "ap-singapore-1",
        userData: Fn.base64gzip("#cloud-config\nwrite_files: [{path: /etc/motd, content: hello}]\n"),
      });
    });
    expect(readStack({ path }).nodes.map(({ instanceName }) => instanceName)).toEqual(["web-primary", "web-secondary"]);
    expect(readStack({ path: join(path, "stacks/web") })).toEqual(readStack({ path }));
    expect(readStack({ path: join(path, "stacks/web/cdk.tf.json") })).toEqual(readStack({ path }));
  });

  test("may live in a subnet that exists, whose range an option tells", () => {
    const path = synthesizeStack(folder, (stack) => void pair(stack));
    const stack = readStack({ path, subnetCidr });
    expect(stack).toMatchObject({
      vpc: { vpcId: "vpc-8b3k2q1x", cidrBlock: "10.0.1.0/24" },
      subnet: { subnetId: "subnet-5r7t9w0e", cidrBlock: "10.0.1.0/24", zone: "ap-singapore-2" },
    });
    expect(settingsOf(stack)).toMatchObject({ vpcId: "vpc-8b3k2q1x" });
  });

  test("may live in a new subnet of a VPC that exists", () => {
    const path = synthesizeStack(folder, (stack) => {
      const vpc = Network.fromVpcAttributes({ vpcId: "vpc-8b3k2q1x", cidrBlock: "10.0.0.0/8" });
      const props = { vpc, subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-singapore-1" };
      pair(stack, { virtualIp: privateIp(stack, new Network(stack, "Network", props).subnet) });
    });
    expect(readStack({ path }).vpc).toEqual({ vpcId: "vpc-8b3k2q1x", cidrBlock: "10.0.1.0/24" });
  });

  test("may ask Terraform for ids, which are the same wherever they stand", async () => {
    const path = synthesizeStack(folder, (stack) => {
      const found = "data.tencentcloud_vpc_subnets.found.instance_list[0]";
      const asked = (expression: string) => Token.asString(ref(expression));
      const subnet = { ...SUBNET, vpcId: asked(`${found}.vpc_id`), subnetId: asked(`${found}["subnet_id"]`) };
      stack.addOverride("data.tencentcloud_vpc_subnets.found", { name: "web" });
      const eipId = asked("data.tencentcloud_eips.e.eip_list[0].eip_id");
      const eip = Eip.fromEipAttributes({ eipId, publicIp: "203.0.113.7" });
      pair(stack, { virtualIp: privateIp(stack, subnet, { eip }) });
    });
    const stack = readStack({ path, subnetCidr });
    expect(stack.vpc.vpcId).toMatch(/^vpc-\d{8}$/);
    expect(stack.subnet.subnetId).toMatch(/^subnet-\d{8}$/);
    expect(settingsOf(stack)).toMatchObject({
      vpcId: stack.vpc.vpcId,
      virtualIps: [{ vip: "10.0.1.100", parkingIp: "10.0.1.101", eipId: stack.eip?.addressId }],
    });
    expect((await inCloud(stack)).bindings).toEqual([[stack.eip?.addressId, "eni"]]);
  });

  test("may have its network in another stack", () => {
    const path = synthesizeProgram(folder, (app) => {
      const { subnet } = newNetwork(stackOf(app, "network"));
      const web = stackOf(app);
      pair(web, { virtualIp: haVip(web, subnet) });
    });
    const stack = readStack({ path });
    expect(stack).toMatchObject({ vpc: { cidrBlock: "10.0.0.0/16" }, subnet: { cidrBlock: "10.0.1.0/24" } });
    expect(settingsOf(stack)["vpcId"]).toBe(stack.vpc.vpcId);
  });

  test("may take region and role from variables and locals", () => {
    const path = synthesizeStack(folder, (stack) => {
      const region = new TerraformVariable(stack, "region", { default: "ap-tokyo", type: "string" }).stringValue;
      const roleName = new TerraformLocal(stack, "role", "ours").asString;
      pair(stack, { region, role: PairctlRole.fromRoleAttributes({ roleName }) });
    });
    expect(readStack({ path, subnetCidr }, {})).toMatchObject({ region: "ap-tokyo", role: { roleName: "ours" } });
    expect(readStack({ path, subnetCidr }, { TF_VAR_region: "ap-seoul" })).toMatchObject({ region: "ap-seoul" });
  });

  test("may bring all that can be brought", async () => {
    const path = synthesizeStack(folder, (stack) => {
      const eip = Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "198.18.7.7" });
      pair(stack, {
        virtualIp: HaVip.fromHaVipAttributes(stack, "Vip", {
          haVipId: "havip-1",
          vip: "10.0.1.100",
          subnet: SUBNET,
          eip,
        }),
        role: PairctlRole.fromRoleAttributes({ roleName: "ours" }),
        securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" }),
        placementGroup: PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-1" }),
      });
    });
    const stack = readStack({ path, subnetCidr });
    expect(stack).toMatchObject({
      haVip: { haVipId: "havip-1", checkAssociate: true, associated: stack.nodes.map((node) => node.instanceId) },
      eip: { addressId: "eip-1", addressIp: "198.18.7.7", bound: true },
      role: { roleName: "ours", policies: [expect.stringContaining("vpc:DescribeHaVips")] },
    });
    expect(await inCloud(stack)).toMatchObject({ bindings: [["eip-1", "haVip"]], roles: ["ours"] });
  });

  test("may go without a role, or have one for several pairs", () => {
    const without = synthesizeStack(join(folder, "without"), (stack) => void pair(stack, { role: "none" }));
    expect(readStack({ path: without, subnetCidr }).role).toBeUndefined();
    const shared = synthesizeStack(join(folder, "shared"), (stack) => {
      pair(stack, { role: new PairctlRole(stack, "Shared", { name: "shared", mechanism: "havip" }) });
    });
    expect(readStack({ path: shared, subnetCidr }).role).toMatchObject({
      roleName: "shared",
      trustPolicy: expect.stringContaining("cvm.qcloud.com"),
      policies: [expect.stringContaining("DescribeHaVips")],
    });
  });
});

describe("a pair of several addresses", () => {
  test("tells which EIP belongs to which HAVIP, be they new or brought", async () => {
    const path = synthesizeStack(folder, (stack) => {
      const brought = (id: string, last: number, eip?: object) =>
        HaVip.fromHaVipAttributes(stack, id, {
          haVipId: `havip-${last}`,
          vip: `10.0.1.${last}`,
          subnet: SUBNET,
          ...(eip && { eip }),
        });
      const known = Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" });
      // Named such that the order of their names is not that of the pair.
      const further = [
        brought("C", 102),
        brought("A", 103, known),
        haVip(new Construct(stack, "B"), SUBNET, { vip: "10.0.1.104" }),
      ];
      pair(stack, { virtualIp: haVip(stack, SUBNET, { eip: {} }), additionalVirtualIps: further });
    });
    const stack = readStack({ path, subnetCidr });
    expect(stack.addresses.map(({ vip, haVip: { haVipId } = {}, eip }) => [vip, haVipId, eip?.addressIp])).toEqual([
      ["10.0.1.100", expect.stringMatching(/^havip-0/), "203.0.113.80"],
      ["10.0.1.102", "havip-102", undefined],
      ["10.0.1.103", "havip-103", "203.0.113.7"],
      ["10.0.1.104", expect.stringMatching(/^havip-0/), undefined],
    ]);
    expect(stack.addresses.every(({ haVip }) => haVip?.associated.length === 2)).toBe(true);
    expect((await inCloud(stack)).bindings).toHaveLength(2);
  });

  test("tells which EIP belongs to which secondary private IP", async () => {
    const path = synthesizeStack(folder, (stack) => {
      const vip = (id: string, last: number, eip: object) =>
        new SecondaryPrivateIp(stack, id, {
          subnet: SUBNET,
          vip: `10.0.1.${last}`,
          parkingIp: `10.0.1.${last + 100}`,
          eip,
        });
      pair(stack, {
        virtualIp: vip("B", 100, { bandwidthMbps: 5 }),
        additionalVirtualIps: [vip("A", 101, Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" }))],
      });
    });
    const stack = readStack({ path, subnetCidr });
    expect(stack.addresses).toMatchObject([
      { vip: "10.0.1.100", parkingEni: { privateIp: "10.0.1.200" }, eip: { addressIp: "203.0.113.80", bound: true } },
      { vip: "10.0.1.101", parkingEni: { privateIp: "10.0.1.201" }, eip: { addressId: "eip-1", bound: true } },
    ]);
    const { holders } = await inCloud(stack);
    expect(holders).toEqual(stack.addresses.map(({ parkingEni }) => parkingEni?.networkInterfaceId));
  });
});

test("packages are those of both nodes and of all ways to ask for them", () => {
  const path = synthesizeStack(folder, (stack) => {
    const packages = ["nginx", ["jq", "1.6-2.1"], { apt: ["haproxy", ["socat", "1.7"]] }, { snap: ["certbot"] }];
    pair(stack, { healthChecks: [HealthCheck.http("http://127.0.0.1/")], cloudConfig: { packages } });
  });
  expect(readStack({ path, subnetCidr }).packages).toEqual([
    ...["keepalived", "nodejs", "curl", "nginx", "jq=1.6-2.1", "haproxy", "socat=1.7"],
  ]);
});

describe("several pairs in a stack", () => {
  const build = (folder: string, second = "db") =>
    synthesizeStack(folder, (stack) => {
      pair(stack);
      const scope = new Construct(stack, "Second");
      pair(scope, {
        name: second,
        role: "none",
        primary: { privateIp: "10.0.1.21" },
        secondary: { privateIp: "10.0.1.22" },
        virtualIp: haVip(scope, SUBNET, { vip: "10.0.1.120" }),
        virtualRouterId: 52,
      });
    });

  test("are told apart by their names", () => {
    const path = build(folder);
    expect(readStack({ path, subnetCidr, pair: "web" })).toMatchObject({ vip: "10.0.1.100" });
    const db = readStack({ path, subnetCidr, pair: "db" });
    expect(db).toMatchObject({ vip: "10.0.1.120", nodes: [{ privateIp: "10.0.1.21" }, { privateIp: "10.0.1.22" }] });
    expect(db.haVip?.haVipId).not.toBe(readStack({ path, subnetCidr, pair: "web" }).haVip?.haVipId);
  });

  test("are told apart by their constructs where they have one name", () => {
    const path = build(folder, "web");
    expect(() => readStack({ path, subnetCidr })).toThrow(/web\/Pair, web\/Second\/Pair/);
    expect(readStack({ path, subnetCidr, pair: "web/Second/Pair" }).vip).toBe("10.0.1.120");
  });

  test("refuses to choose, and names that there is not", () => {
    const path = build(folder);
    expect(() => readStack({ path, subnetCidr })).toThrow(/--pair must name one of the pairs of .*: web, db/);
    expect(() => readStack({ path, subnetCidr, pair: "dbs" })).toThrow(/--pair must be one of web, db .*, got 'dbs'/);
  });
});

describe("what only a deploy would know", () => {
  test("refuses a subnet whose range nobody says, and names the option", () => {
    const path = synthesizeStack(folder, (stack) => void pair(stack));
    expect(() => readStack({ path })).toThrow(/which addresses its subnet has \(subnet-5r7t9w0e.*--subnet-cidr 10/);
  });

  test("refuses a range that a function computes, and takes it from the option", () => {
    const path = synthesizeStack(folder, (stack) => {
      const cidrBlock = '${cidrsubnet("10.0.0.0/16", 8, 1)}';
      const made = new Subnet(stack, "Subnet", { name: "s", availabilityZone: "z", vpcId: SUBNET.vpcId, cidrBlock });
      pair(stack, { virtualIp: haVip(stack, { ...SUBNET, subnetId: made.id }) });
    });
    expect(() => readStack({ path })).toThrow(/--subnet-cidr/);
    expect(readStack({ path, subnetCidr }).subnet.cidrBlock).toBe("10.0.1.0/24");
  });

  test.each([
    ["no network", "10.0.1.1/24", /--subnet-cidr must be a network such as .*, got '10\.0\.1\.1\/24'/],
    ["no network at all", "web", /got 'web'/],
    ["too small", "10.0.1.8/30", /of \/29 at the smallest/],
    ["elsewhere", "10.0.2.0/24", /the primary's address, 10\.0\.1\.11, is not in it/],
    ["without the VIP", "10.0.1.0/28", /the VIP, 10\.0\.1\.100, is not in it/],
  ])("refuses a range that is %s", (_, cidr, message) => {
    const path = synthesizeStack(folder, (stack) => void pair(stack));
    expect(() => readStack({ path, subnetCidr: cidr })).toThrow(message);
  });

  test("refuses another range than the stack's own", () => {
    const path = synthesizeStack(
      folder,
      (stack) => void pair(stack, { virtualIp: haVip(stack, newNetwork(stack).subnet) }),
    );
    expect(() => readStack({ path, subnetCidr: "10.0.0.0/16" })).toThrow(
      /must be what the stack says, 10\.0\.1\.0\/24/,
    );
  });
});

describe("refuses what is no synthesized stack of this library's:", () => {
  const write = (json: unknown) => {
    mkdirSync(join(folder, "stacks/web"), { recursive: true });
    writeFileSync(join(folder, "stacks/web/cdk.tf.json"), typeof json === "string" ? json : JSON.stringify(json));
    return { path: join(folder, "stacks/web"), subnetCidr };
  };
  const userData = (files: object[]) =>
    `\${base64gzip(${JSON.stringify(`#cloud-config\n${JSON.stringify({ write_files: files })}`)})}`;
  const instance = (user_data: string) => ({ resource: { tencentcloud_instance: { I: { user_data } } } });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /cdk\.tf\.json cannot be read: .*Synthesize the program again/],
    ["a list", [], /must hold an object/],
    [
      "a resource that is none",
      { resource: { tencentcloud_vpc: { V: 5 } } },
      /an object as its 'resource\.tencentcloud_vpc\.V'/,
    ],
    ["resources in a list", { resource: { tencentcloud_vpc: [] } }, /an object as its 'resource\.tencentcloud_vpc'/],
    ["a stack without a pair", {}, /has no pair: no instance in it has the user data of a KeepalivedPair/],
    [
      "user data without an end",
      instance('${base64gzip("a ${x")}'),
      /cannot be read: the Terraform expression .* does not end/,
    ],
    [
      "settings at another version's path",
      instance(userData([{ path: "/etc/older/settings.json", content: "{}" }])),
      /I of .* is of another version .* synthesize the program with the version/,
    ],
    [
      "settings with other keys",
      instance(userData([{ path: "/etc/pairctl/settings.json", content: '{"colour":"red"}' }])),
      /another version .*'colour' is unknown/,
    ],
  ])("%s", (_, json, message) => expect(() => readStack(write(json))).toThrow(message));

  test("a path where nothing is, an empty folder, a stack in HCL", () => {
    expect(() => readStack({ path: join(folder, "x") })).toThrow(/--stack must be the folder .*: there is nothing/);
    expect(() => readStack({ path: folder })).toThrow(/there is no cdk\.tf\.json in it, nor stacks/);
    writeFileSync(join(folder, "cdk.tf"), "");
    expect(() => readStack({ path: folder })).toThrow(/as HCL; synthesize it as JSON/);
  });

  test("a program with several stacks of which more than one, or none, has a pair", () => {
    const path = synthesizeProgram(folder, (app) => {
      for (const name of ["one", "two"]) {
        const stack = stackOf(app, name);
        pair(stack, { name, virtualIp: haVip(stack, newNetwork(stack).subnet) });
      }
    });
    expect(() => readStack({ path })).toThrow(
      /several of its stacks have a pair \(one, two\): name one, such as .*stacks\/one/,
    );
    const none = synthesizeProgram(join(folder, "none"), (app) => void newNetwork(stackOf(app, "network")));
    expect(() => readStack({ path: none })).toThrow(/none of its stacks \(network\) has a pair/);
  });

  test("a pair that lost a node", () => {
    const path = synthesizeStack(folder, (stack) => {
      pair(stack, { virtualIp: privateIp(stack) }).node.tryRemoveChild("Secondary");
    });
    expect(() => readStack({ path, subnetCidr })).toThrow(/is the primary of a pair whose other node \(10\.0\.1\.12\)/);
  });
});
