import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
beforeEach(async () => {
  ({ cloud, ask } = await startEmpty({ quotas: { placementGroups: 1 } }));
});
afterEach(() => cloud.stop());

const code = async (operation: `${string}:${string}`, body: object) => (await ask(operation, body)).Error?.Code;

test("roles are listed by pages, and asked for by id or name", async () => {
  expect(await code("cam:DescribeRoleList", { Page: 0, Rp: 20 })).toBe("InvalidParameter.ParamError");
  expect(await code("cam:GetRole", {})).toBe("InvalidParameter.ParamError");
});
