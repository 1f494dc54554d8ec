import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readProgram, requireProgram } from "../src/program.ts";

let output = "";
beforeEach(() => (output = mkdtempSync(join(tmpdir(), "program-"))));
afterEach(() => rmSync(output, { recursive: true, force: true }));

/** Writes a stack as cdktf does. */
function writeStack(resource: object, name = "web", provider: object = { tencentcloud: [{ region: "ap-singapore" }] }) {
  const folder = join(output, "stacks", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ provider, resource }));
}

const NODE = { vpc_id: "vpc-1", subnet_id: "subnet-1", availability_zone: "ap-singapore-1", image_id: "img-1" };

describe("a stack tells what the account must have", () => {
  test("of a subnet that exists, with the range that is given", () => {
    writeStack({
      tencentcloud_instance: { primary: { ...NODE, key_ids: ["skey-1"] }, secondary: { ...NODE, project_id: 7 } },
    });
    expect(readProgram(output, "172.16.8.0/22")).toEqual({
      region: "ap-singapore",
      account: {
        imageIds: ["img-1"],
        keyIds: ["skey-1"],
        projectIds: [7],
        vpcs: [{ vpcId: "vpc-1", cidrBlock: "172.16.0.0/12" }],
        subnets: [{ subnetId: "subnet-1", vpcId: "vpc-1", cidrBlock: "172.16.8.0/22", zone: "ap-singapore-1" }],
      },
    });
  });

  test("of a VPC that exists and gets a new subnet", () => {
    const subnet = { vpc_id: "vpc-1", cidr_block: "10.1.2.0/24" };
    writeStack({
      tencentcloud_subnet: { subnet },
      tencentcloud_instance: { primary: { ...NODE, subnet_id: "${a.id}" } },
    });
    const { vpcs, subnets } = readProgram(output, undefined).account;
    expect({ vpcs, subnets }).toEqual({ vpcs: [{ vpcId: "vpc-1", cidrBlock: "10.0.0.0/8" }], subnets: [] });
  });

  test("and nothing where Terraform makes all of it", () => {
    const reference = { vpc_id: "${v.id}", subnet_id: "${s.id}", image_id: "${i.id}" };
    writeStack({ tencentcloud_instance: { primary: reference } });
    expect(readProgram(output, undefined).account).toEqual({
      imageIds: [],
      keyIds: [],
      projectIds: [],
      vpcs: [],
      subnets: [],
    });
  });
});

test("refuses a subnet that exists without its range, and says how to give it", () => {
  writeStack({ tencentcloud_instance: { primary: NODE } });
  expect(() => readProgram(output, undefined)).toThrow(
    /subnet-1, which exists already\): give its range with --subnet-cidr/,
  );
  expect(() => readProgram(output, "10.0.0.1/24")).toThrow("got '10.0.0.1/24'");
});

test("refuses several stacks, and a region that is not written out", () => {
  writeStack({}, "one", { tencentcloud: [{ region: "${var.region}" }] });
  expect(() => readProgram(output, undefined)).toThrow("must have one provider of Tencent Cloud, with a region");
  writeStack({}, "two");
  expect(() => readProgram(output, undefined)).toThrow("--app must be a program with one stack, it has 2: one, two");
});

test("refuses a folder that is no program of cdktf's", () => {
  expect(() => requireProgram(output)).toThrow(
    `--app must be the folder of a program, with its cdktf.json, got '${output}'`,
  );
});
