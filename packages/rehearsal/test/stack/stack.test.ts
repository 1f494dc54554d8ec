import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mechanism } from "pairctl/contract";
import { seededCloud } from "../../src/lab/seed.ts";
import { readStack, type StackModel, stackModel } from "../../src/stack/stack.ts";
import { synthesize } from "../../src/stack/synth.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearsal-stack-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each<Mechanism>(["havip", "secondary-private-ip"])("the shipped stack with mechanism %s", (mechanism) => {
  let stack: StackModel;
  beforeAll(() => {
    stack = readStack(synthesize("pair.yaml", mechanism, folder));
  });

  test("is read as what it declares", () => {
    expect(stack).toMatchObject({
      mechanism,
      region: "ap-singapore",
      vip: "10.0.1.100",
      vpc: { cidrBlock: "10.0.0.0/16" },
      subnet: { cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" },
      nodes: [
        { role: "primary", privateIp: "10.0.1.11", instanceName: "web-pair-primary" },
        { role: "secondary", privateIp: "10.0.1.12", instanceName: "web-pair-secondary" },
      ],
      role: { roleName: "web-pair-hook" },
      eip: { bound: true },
    });
    expect(stack.nodes[0].endpoints).toContain("http://metadata.tencentyun.com");
    expect(stack.haVip?.associated).toEqual(mechanism === "havip" ? stack.nodes.map((n) => n.instanceId) : undefined);
    expect(stack.parkingEni?.privateIp).toBe(mechanism === "havip" ? undefined : "10.0.1.101");
  });

  test("has user data with every reference resolved", () => {
    for (const node of stack.nodes) {
      const text = gunzipSync(node.userData).toString();
      expect(text).toMatch(/^#cloud-config\n/);
      expect(text).toContain(`"vpcId":"${stack.vpc.vpcId}"`);
      expect(text).not.toContain("${tencentcloud_");
      if (mechanism === "secondary-private-ip") expect(text).toContain(`"eipId":"${stack.eip?.addressId}"`);
    }
  });

  test("is taken by the local cloud as a deploy would leave it", async () => {
    const populated = await seededCloud(stack, {});
    await using cloud = populated.cloud;
    const parked = mechanism === "havip" ? undefined : stack.parkingEni?.networkInterfaceId;
    expect(cloud.holderOf(stack.vip)?.networkInterfaceId).toBe(parked);
    expect([...cloud.state.instances.keys()]).toEqual(stack.nodes.map((node) => node.instanceId));
    expect([...cloud.state.addresses.values()][0]?.binding?.kind).toBe(mechanism === "havip" ? "haVip" : "eni");
  });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a stack without a VPC", {}, /x\.json must hold one tencentcloud_vpc, found 0/],
  [
    "a stack without nodes",
    { tencentcloud_vpc: { V: { cidr_block: "10.0.0.0/16" } }, tencentcloud_subnet: { S: {} } },
    /must hold a primary and a secondary instance, found 0/,
  ],
  [
    "user data that is no cloud-config of ours",
    {
      tencentcloud_vpc: { V: {} },
      tencentcloud_subnet: { S: {} },
      tencentcloud_instance: { I: { user_data: '${base64gzip("write_files: []")}' } },
    },
    /the user data of I writes no \/etc\/pairctl\/settings\.json/,
  ],
])("refuses %s", (_, resource, message) => {
  expect(() => stackModel({ resource }, "x.json")).toThrow(message);
});
