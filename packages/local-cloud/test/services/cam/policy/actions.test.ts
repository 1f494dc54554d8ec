import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty());
});
afterEach(() => cloud.stop());

test("the policies of one's own are listed page by page, and no presets", async () => {
  const statement = [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }];
  const PolicyDocument = JSON.stringify({ version: "2.0", statement });
  for (const PolicyName of ["one", "two", "three"]) await ask("cam:CreatePolicy", { PolicyName, PolicyDocument });
  expect(await ask("cam:ListPolicies", { Scope: "Local", Page: 2, Rp: 2 })).toMatchObject({
    TotalNum: 3,
    List: [{ PolicyName: "three", Type: 1 }],
  });
  expect(await ask("cam:ListPolicies", { Scope: "QCS" })).toMatchObject({ TotalNum: 0, List: [] });
});

test("refuses to list policies of a scope that there is not", async () => {
  expect(await code("cam:ListPolicies", { Scope: "Mine" })).toBe("InvalidParameter.ScopeError");
});
