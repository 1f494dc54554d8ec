import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(
  async () => ({ cloud, ask, code } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })),
);
afterEach(() => cloud.stop());

test("the numbers of the older Describe actions are strings or numbers", async () => {
  await makeNetwork(ask);
  for (const Limit of ["1", 1]) expect((await ask("vpc:DescribeVpcs", { Limit, Offset: "0" })).VpcSet).toHaveLength(1);
  expect(await code("vpc:DescribeVpcs", { Limit: "many" })).toBe("InvalidParameter");
  expect(await code("vpc:DescribeVpcs", { Limit: "101" })).toBe("InvalidParameterValue.Range");
});

test.each([
  ["8.0.0.0/16", "InvalidParameterValue.Range"],
  ["10.16.0.0/16", "InvalidParameterValue.Range"],
  ["172.32.0.0/16", "InvalidParameterValue.Range"],
  ["100.64.0.0/16", "InvalidParameterValue.Range"],
  ["10.0.0.0/8", "InvalidParameterValue.Range"],
  ["10.0.0.0/29", "InvalidParameterValue.Range"],
  ["10.0.0.1/16", "InvalidParameterValue.Malformed"],
])("refuses a VPC of %s", async (CidrBlock, expected) => {
  expect(await code("vpc:CreateVpc", { VpcName: "v", CidrBlock })).toBe(expected);
});

test("refuses names over 60 bytes and more than four name servers", async () => {
  const vpc = { VpcName: "v", CidrBlock: "10.0.0.0/16" };
  expect(await code("vpc:CreateVpc", { ...vpc, VpcName: "é".repeat(31) })).toBe("InvalidParameterValue.TooLong");
  const servers = (count: number) => Array.from({ length: count }, (_, index) => `10.0.0.${index + 2}`);
  expect(await code("vpc:CreateVpc", { ...vpc, DnsServers: servers(5) })).toBe("InvalidParameterValue.LimitExceeded");
  expect(await code("vpc:CreateVpc", { ...vpc, DnsServers: ["dns"] })).toBe("InvalidParameterValue.Malformed");
  const { Vpc } = await ask("vpc:CreateVpc", { ...vpc, VpcName: "é".repeat(30), DnsServers: servers(4) });
  expect(await code("vpc:ModifyVpcAttribute", { VpcId: Vpc.VpcId, DnsServers: servers(5) })).toBe(
    "InvalidParameterValue.LimitExceeded",
  );
});
