import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type AskCode, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let code: AskCode;
beforeEach(async () => {
  ({ cloud, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
});
afterEach(() => cloud.stop());

test("an instance's id is checked for its form", async () => {
  expect(await code("cvm:TerminateInstances", { InstanceIds: ["machine"] })).toBe("InvalidInstanceId.Malformed");
});
