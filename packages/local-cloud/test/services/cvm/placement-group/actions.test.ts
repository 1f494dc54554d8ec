import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
});
afterEach(() => cloud.stop());

test("placement groups are counted, and their ids checked for their form", async () => {
  await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
  expect(await code("cvm:CreateDisasterRecoverGroup", { Name: "q", Type: "HOST" })).toBe(
    "ResourceInsufficient.InsufficientGroupQuota",
  );
  expect(await code("cvm:DeleteDisasterRecoverGroups", { DisasterRecoverGroupIds: ["group"] })).toBe(
    "InvalidParameterValue.DisasterRecoverGroupIdMalformed",
  );
});
