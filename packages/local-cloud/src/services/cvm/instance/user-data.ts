import { CloudError } from "../../../api/errors.ts";

/** How long user data may be, in characters of base64. Source: the CVM API's documentation of RunInstances. */
export const maxUserData = 16 * 1024;

/** @throws CloudError `InvalidParameterValue.InvalidUserDataFormat`, and `.TooLarge` over `maxUserData` */
export function checkUserData(userData: string): void {
  if (userData.length > maxUserData) {
    throw new CloudError(
      "InvalidParameterValue.TooLarge",
      `The value of \`UserData\` has ${userData.length} characters, at most ${maxUserData} are allowed.`,
    );
  }
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(userData)) {
    throw new CloudError("InvalidParameterValue.InvalidUserDataFormat", "The value of `UserData` is not base64.");
  }
}
