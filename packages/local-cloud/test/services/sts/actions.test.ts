import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../src/index.ts";
import { type Ask, startEmpty } from "../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
beforeEach(async () => ({ cloud, ask } = await startEmpty()));
afterEach(() => cloud.stop());

test("says who calls", async () => {
  expect(await ask("sts:GetCallerIdentity")).toMatchObject({ AccountId: "100000000001", Type: "RootAccount" });
});
