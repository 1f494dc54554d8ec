import { CloudError } from "../../../api/errors.ts";
import type { Assumptions } from "../../assumptions.ts";

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

/**
 * What the node gets of its user data.
 *
 * @param userData - what was given to RunInstances, decoded from base64
 */
export function deliveredUserData(userData: Buffer, assumptions: Partial<Assumptions>): Buffer {
  // Whoever takes bytes for text in UTF-8 replaces what is none: gzip's second byte already is not.
  return assumptions["user-data"] === "as-text" ? Buffer.from(userData.toString("utf8"), "utf8") : userData;
}
