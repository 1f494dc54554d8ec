import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { State } from "../state.ts";
import type { KeyPair } from "./state.ts";

/** @throws CloudError `InvalidKeyPairId.Malformed` or `InvalidKeyPairId.NotFound` */
export function getKeyPair(state: State, keyId: string): KeyPair {
  checkKeyId(keyId);
  const keyPair = state.keyPairs.get(keyId);
  if (!keyPair) throw new CloudError("InvalidKeyPairId.NotFound", `The key pair \`${keyId}\` does not exist.`);
  return keyPair;
}

/** @throws CloudError `InvalidKeyPairId.Malformed` */
export function checkKeyId(keyId: string): void {
  if (isId("skey", keyId)) return;
  throw new CloudError("InvalidKeyPairId.Malformed", `The value \`${keyId}\` of \`KeyIds\` is malformed.`);
}

/** @throws CloudError `InvalidKeyPairName.Duplicate` if another key pair than this one has the name */
export function checkKeyNameIsFree({ keyPairs }: State, name: string, keyId?: string): void {
  if ([...keyPairs.values()].some((other) => other.keyName === name && other.keyId !== keyId)) {
    throw new CloudError("InvalidKeyPairName.Duplicate", `The key pair name \`${name}\` is taken.`);
  }
}

const maxKeyName = 25;

/**
 * Source: the CVM API's description of KeyName.
 *
 * @throws CloudError `InvalidKeyPairNameEmpty`, `InvalidKeyPairNameTooLong` or `InvalidKeyPairNameIncludeIllegalChar`
 */
export function checkKeyName(name: string): void {
  if (name === "") throw new CloudError("InvalidKeyPairNameEmpty", "A key pair's name must not be empty.");
  if (name.length > maxKeyName) {
    throw new CloudError("InvalidKeyPairNameTooLong", `A key pair's name has at most ${maxKeyName} characters.`);
  }
  if (!/^\w+$/.test(name)) {
    throw new CloudError(
      "InvalidKeyPairNameIncludeIllegalChar",
      `A key pair's name has letters, digits and underscores, got \`${name}\`.`,
    );
  }
}
