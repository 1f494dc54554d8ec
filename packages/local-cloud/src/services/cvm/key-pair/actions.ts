import { CloudError } from "../../../api/errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { dropTags, putTags } from "../../tag/index.ts";
import { cvmQueryCodes, defineAction, tagSpecifications } from "../service.ts";
import { checkKeyId, checkKeyName, checkKeyNameIsFree, getKeyPair } from "./checks.ts";
import { createKeyPair } from "./create.ts";
import type { KeyPair } from "./state.ts";
import { keyPairView } from "./view.ts";

const filterTests: Record<string, FilterTest<KeyPair>> = {
  "key-name": ({ keyName }, values) => values.includes(keyName),
  "project-id": (_keyPair, values) => values.includes("0"),
};

/** A public SSH key of one's own. */
export const importKeyPair = defineAction(
  "ImportKeyPair",
  object({ KeyName: string, PublicKey: string, ProjectId: optional(integer), TagSpecification: tagSpecifications }),
  (core, { KeyName: keyName, PublicKey: publicKey, TagSpecification }) => {
    checkKeyName(keyName);
    const { keyId } = createKeyPair(core, { keyName, publicKey });
    for (const { Tags } of TagSpecification ?? []) putTags(core.state, "cvm:keypair", keyId, Tags);
    return { KeyId: keyId };
  },
);

/** Key pairs, without private keys: nothing here has any. */
export const describeKeyPairs = defineAction(
  "DescribeKeyPairs",
  object({ KeyIds: optional(list(string)), ...queryParameters }),
  ({ state }, { KeyIds: ids, ...query }) => {
    for (const id of ids ?? []) checkKeyId(id);
    const keyPairs = state.keyPairs.values();
    const { page, total } = select(keyPairs, { ids, ...query }, ({ keyId }) => keyId, filterTests, cvmQueryCodes);
    return { TotalCount: total, KeyPairSet: page.map((keyPair) => keyPairView(state, keyPair)) };
  },
);

/** Changes a key pair's name. */
export const modifyKeyPairAttribute = defineAction(
  "ModifyKeyPairAttribute",
  object({ KeyId: string, KeyName: optional(string), Description: unsupported }),
  ({ state }, { KeyId, KeyName }) => {
    const keyPair = getKeyPair(state, KeyId);
    if (KeyName !== undefined) {
      checkKeyName(KeyName);
      checkKeyNameIsFree(state, KeyName, KeyId);
    }
    keyPair.keyName = KeyName ?? keyPair.keyName;
    return {};
  },
);

/** Takes away key pairs that no instance has. */
export const deleteKeyPairs = defineAction(
  "DeleteKeyPairs",
  object({ KeyIds: list(string) }),
  ({ state }, { KeyIds }) => {
    for (const keyId of KeyIds) {
      getKeyPair(state, keyId);
      const user = [...state.instances.values()].find(({ keyIds }) => keyIds.includes(keyId));
      if (user) {
        throw new CloudError("InvalidKeyPair.LimitExceeded", `\`${keyId}\` is in use by \`${user.instanceId}\`.`);
      }
    }
    for (const keyId of KeyIds) {
      state.keyPairs.delete(keyId);
      dropTags(state, "cvm:keypair", keyId);
    }
    return {};
  },
);
