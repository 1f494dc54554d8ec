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

test("an instance's id is checked for its form", async () => {
  expect(await code("cvm:TerminateInstances", { InstanceIds: ["machine"] })).toBe("InvalidInstanceId.Malformed");
});
