import { expect, test } from "vitest";
import { KeyPair } from "../../constructs/index";
import { node, synthPair } from "../helpers/pair";
import { building, only, synth } from "../helpers/synth";

test("makes a key pair from its public half, and takes one that exists", () => {
  const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@home";
  const stack = synth((scope) => {
    const key = new KeyPair(scope, "Ops", { publicKey, keyName: "ops_key", tags: { team: "ops" } });
    expect(key.keyId).toMatch(/TfToken/);
  });
  expect(only(stack, "tencentcloud_key_pair")).toMatchObject({
    key_name: "ops_key",
    public_key: publicKey,
    tags: { team: "ops" },
  });
  const brought = synthPair({ keyPairs: [KeyPair.fromKeyPairAttributes({ keyId: "skey-1" })] });
  expect(node(brought, "Primary")["key_ids"]).toEqual(["skey-1"]);
  expect(brought.resource["tencentcloud_key_pair"]).toBeUndefined();
});

test.each([
  [
    "a name that the provider does not take",
    { publicKey: "ssh-rsa AAAA", keyName: "a-b" },
    /'keyName' must be 1 to 25/,
  ],
  ["a private key", { publicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" }, /'publicKey' must be a public key/],
])("refuses a key pair with %s", (_, props, message) => {
  expect(building((scope) => new KeyPair(scope, "Ops", props))).toThrow(message);
});
