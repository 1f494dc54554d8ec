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

test("placement groups are counted, and their ids checked for their form", async () => {
  await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
  expect(await code("cvm:CreateDisasterRecoverGroup", { Name: "q", Type: "HOST" })).toBe(
    "ResourceInsufficient.InsufficientGroupQuota",
  );
  expect(await code("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: ["group"] })).toBe(
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed",
  );
});
