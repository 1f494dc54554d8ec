import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

test("a key pair is a public key with a name of its own, and stays while an instance has it", async () => {
  const PublicKey = `ssh-ed25519 ${Buffer.concat([Buffer.from("0000000b7373682d6564323535313900000020", "hex"), Buffer.alloc(32, 7)]).toString("base64")}`;
  const given = { KeyName: "ops", ProjectId: 0, PublicKey };
  expect(await code("cvm:ImportKeyPair", { ...given, PublicKey: "secret" })).toBe("InvalidPublicKey.Malformed");
  expect(await code("cvm:ImportKeyPair", { ...given, KeyName: "k".repeat(26) })).toBe("InvalidKeyPairNameTooLong");
  expect(await code("cvm:ImportKeyPair", { ...given, KeyName: "o-p-s" })).toBe("InvalidKeyPairNameIncludeIllegalChar");
  const { KeyId } = await ask("cvm:ImportKeyPair", given);
  expect(await code("cvm:ImportKeyPair", given)).toBe("InvalidKeyPairName.Duplicate");
  expect(await code("cvm:ImportKeyPair", { ...given, KeyName: "" })).toBe("InvalidKeyPairNameEmpty");
  const withComment = { ...given, KeyName: "ops2", PublicKey: `${PublicKey} ops@laptop` };
  expect(await code("cvm:ImportKeyPair", withComment)).toBe("InvalidPublicKey.Duplicate");
  expect(await code("cvm:DescribeKeyPairs", { KeyIds: ["ops"] })).toBe("InvalidKeyPairId.Malformed");
  await ask("cvm:RunInstances", machine(network, { LoginSettings: { KeyIds: [KeyId] } }));
  expect(await code("cvm:DeleteKeyPairs", { KeyIds: [KeyId] })).toBe("InvalidKeyPair.LimitExceeded");
  expect(await code("cvm:DeleteKeyPairs", { KeyIds: ["skey-99999999"] })).toBe("InvalidKeyPairId.NotFound");
});
