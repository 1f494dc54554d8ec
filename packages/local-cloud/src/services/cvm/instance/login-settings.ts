import { CloudError } from "../../../api/errors.ts";
import { list, object, optional, type Reader, string, unsupported } from "../../../api/parameters.ts";
import { checkKeyId } from "../key-pair/checks.ts";
import type { State } from "../state.ts";

/** The API's LoginSettings. */
export const loginSettings = optional(
  object({ KeyIds: optional(list(string)), Password: unsupported, KeepImageLogin: optional(string) }),
);

/** Switches of agents in the machine: no machine runs here, so they make no visible difference. */
export const enhancedService: Reader<unknown> = optional((_name, value) => value);

/** @throws CloudError `InvalidKeyPairId.Malformed`, `InvalidParameterValue.KeyPairNotFound` or `InvalidParameter.ParameterConflict` */
export function checkLoginSettings(state: State, settings: ReturnType<typeof loginSettings>): void {
  const { KeyIds: keyIds = [], KeepImageLogin } = settings ?? {};
  for (const id of keyIds) {
    checkKeyId(id);
    if (!state.keyPairs.has(id)) {
      throw new CloudError("InvalidParameterValue.KeyPairNotFound", `The key pair \`${id}\` does not exist.`);
    }
  }
  if (keyIds.length > 0 && KeepImageLogin?.toUpperCase() === "TRUE") {
    throw new CloudError(
      "InvalidParameter.ParameterConflict",
      "`KeyIds` and `KeepImageLogin` cannot be given together.",
    );
  }
}
