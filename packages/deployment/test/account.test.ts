import { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AccountNeeds, prepareAccount } from "../src/account.ts";

const NOTHING: AccountNeeds = { imageIds: [], keyIds: [], projectIds: [], vpcs: [], subnets: [] };

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await LocalCloud.start({ region: "ap-singapore", log: () => undefined });
});
afterEach(() => cloud.stop());

test("puts several key pairs in place, each with a public key of its own, and leaves alone what is there", () => {
  const keyIds = ["skey-11111111", "skey-22222222"];
  expect(prepareAccount(cloud, { ...NOTHING, keyIds })).toEqual(keyIds.map((keyId) => `key pair ${keyId}`));
  const publicKeys = [...cloud.state.keyPairs.values()].map(({ publicKey }) => publicKey);
  expect(new Set(publicKeys).size).toBe(2);
  expect(prepareAccount(cloud, { ...NOTHING, keyIds: [...keyIds, "skey-33333333"] })).toEqual([
    "key pair skey-33333333",
  ]);
  expect([...cloud.state.keyPairs.values()].map(({ publicKey }) => publicKey).slice(0, 2)).toEqual(publicKeys);
});
