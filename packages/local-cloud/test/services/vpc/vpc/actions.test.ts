import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
beforeEach(async () => ({ cloud, ask } = await startEmpty({ quotas: { vpcs: 2, subnetsPerVpc: 2, addresses: 1 } })));
afterEach(() => cloud.stop());

const code = async (operation: `${string}:${string}`, body: object) => (await ask(operation, body)).Error?.Code;

test("the numbers of the older Describe actions are strings or numbers", async () => {
  await makeNetwork(ask);
  for (const Limit of ["1", 1]) expect((await ask("vpc:DescribeVpcs", { Limit, Offset: "0" })).VpcSet).toHaveLength(1);
  expect(await code("vpc:DescribeVpcs", { Limit: "many" })).toBe("InvalidParameter");
  expect(await code("vpc:DescribeVpcs", { Limit: "101" })).toBe("InvalidParameterValue.Range");
});
