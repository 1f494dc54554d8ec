import { tagSet } from "../../tag/index.ts";
import { isoTime } from "../../iso-time.ts";
import type { State } from "../state.ts";
import type { KeyPair } from "./state.ts";

/** The API's KeyPair. */
export const keyPairView = (state: State, { keyId, keyName, publicKey, createdAt }: KeyPair) => ({
  KeyId: keyId,
  KeyName: keyName,
  ProjectId: 0,
  Description: "",
  PublicKey: publicKey,
  AssociatedInstanceIds: [...state.instances.values()]
    .filter(({ keyIds }) => keyIds.includes(keyId))
    .map(({ instanceId }) => instanceId),
  CreatedTime: isoTime(createdAt),
  Tags: tagSet(state, "cvm:keypair", keyId),
});
