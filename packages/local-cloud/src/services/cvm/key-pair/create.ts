import { CloudError } from "../../../api/errors.ts";
import { newId } from "../../../engine/ids.ts";
import { add } from "../../store.ts";
import type { Core } from "../state.ts";
import { checkKeyNameIsFree } from "./checks.ts";
import type { KeyPair } from "./state.ts";

/** A public SSH key to put in place. */
export interface KeyPairOptions {
  readonly keyId?: string;
  readonly keyName: string;
  /** In OpenSSH's format. */
  readonly publicKey: string;
}

/** @throws CloudError `InvalidKeyPairName.Duplicate` or `InvalidParameterValue`-like codes of the CVM API */
export function createKeyPair(
  { state, now }: Core,
  { keyId = newId("skey"), keyName, publicKey }: KeyPairOptions,
): KeyPair {
  checkKeyNameIsFree(state, keyName);
  if (!/^(ssh-(rsa|ed25519)|ecdsa-sha2-\S+) [A-Za-z0-9+/]+=*( .*)?$/.test(publicKey.trim())) {
    throw new CloudError("InvalidPublicKey.Malformed", "The value of `PublicKey` is not a public key of OpenSSH.");
  }
  const twin = [...state.keyPairs.values()].find((other) => keyOf(other.publicKey) === keyOf(publicKey));
  if (twin) throw new CloudError("InvalidPublicKey.Duplicate", `The public key is the one of \`${twin.keyId}\`.`);
  return add(state.keyPairs, keyId, { keyId, keyName, publicKey, createdAt: now() });
}

/** A public key without its comment. */
const keyOf = (publicKey: string) => publicKey.trim().split(" ", 2).join(" ");
