import { CloudError } from "../../../api/errors.ts";

const maxInstanceName = 128;

/** @throws CloudError `InvalidInstanceName.TooLong` */
export function checkInstanceName(name: string): void {
  if (name.length > maxInstanceName) {
    throw new CloudError(
      "InvalidInstanceName.TooLong",
      `The value of \`InstanceName\` has ${name.length} characters, at most ${maxInstanceName} are allowed.`,
    );
  }
}

/**
 * A Linux instance's host name: 2 to 60 characters in segments of letters, digits and hyphens between dots; neither dot
 * nor hyphen at an end or twice in a row. Source: the CVM API's description of HostName.
 *
 * @throws CloudError `InvalidHostName.Malformed`
 */
export function checkHostName(name: string): void {
  if (name.length >= 2 && name.length <= 60 && /^[a-z0-9]+([.-][a-z0-9]+)*$/i.test(name)) return;
  throw new CloudError("InvalidHostName.Malformed", `The value \`${name}\` of \`HostName\` is malformed.`);
}
