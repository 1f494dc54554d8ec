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

/** Where an instance's number comes into a name: its first value, and how many digits it has at least. */
const numberPattern = /\{R:(\d{1,9})(?:,F:([0-8]))?\}/g;

/**
 * What instances that are made together are called: by the number that a pattern asks for, `{R:3}` or `{R:3,F:3}`, or else
 * with a number at the end. One that is made alone gets none at its end. Source: the CVM API's description of InstanceName.
 */
export function numberedNames(name: string, count: number): string[] {
  const isPattern = name.search(numberPattern) >= 0;
  return Array.from({ length: count }, (_, index) => {
    if (!isPattern) return count === 1 ? name : `${name}${index + 1}`;
    return name.replaceAll(numberPattern, (_whole, first: string, digits = "0") =>
      String(Number(first) + index).padStart(Number(digits), "0"),
    );
  });
}

/**
 * The host names of instances that are made together, like their names; `{IP}` becomes the instance's private address.
 *
 * @param privateIps - of the instances
 * @throws CloudError `InvalidHostName.Malformed`
 */
export function hostNamesFor(hostName: string, privateIps: readonly string[]): string[] {
  const hasAddress = hostName.includes("{IP}");
  const names =
    hasAddress && hostName.search(numberPattern) < 0
      ? privateIps.map(() => hostName)
      : numberedNames(hostName, privateIps.length);
  const hostNames = names.map((name, index) => name.replaceAll("{IP}", privateIps[index] ?? ""));
  for (const each of hostNames) checkHostName(each);
  return hostNames;
}

/**
 * A Linux instance's host name: 2 to 60 characters in segments of letters, digits and hyphens between dots; neither dot
 * nor hyphen at an end or twice in a row. Source: the CVM API's description of HostName.
 *
 * @param code - the action's code for one that is malformed
 * @throws CloudError with this code
 */
export function checkHostName(name: string, code = "InvalidHostName.Malformed"): void {
  if (name.length >= 2 && name.length <= 60 && /^[a-z0-9]+([.-][a-z0-9]+)*$/i.test(name)) return;
  throw new CloudError(code, `The value \`${name}\` of \`HostName\` is malformed.`);
}
