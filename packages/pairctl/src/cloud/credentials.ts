import type { Settings } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { metadata } from "./metadata.ts";

/** Short-lived credentials of the instance's role, in the metadata service's own words. */
export interface Credentials {
  readonly TmpSecretId: string;
  readonly TmpSecretKey: string;
  readonly Token: string;
  /** Seconds since the epoch. */
  readonly ExpiredTime: number;
}

/** So long before they expire, in ms, new ones are asked for: a run must not outlive its credentials. */
export const MARGIN_MS = 60_000;

/**
 * The credentials of the role, kept on the node until shortly before they expire.
 *
 * @param refused those that the cloud has refused, as JSON: not the token alone, which those that come fresh may share
 * @throws {Problem} as {@link metadata}
 */
export function credentialsOf(
  host: Host,
  settings: Pick<Settings, "metadataEndpoint" | "roleName">,
  refused: string | undefined,
): Promise<Credentials> {
  return metadata(host, settings, {
    path: `cam/security-credentials/${settings.roleName}`,
    name: "credentials",
    read(text, isKept) {
      const credentials = parseCredentials(text);
      if (!credentials || !isKept) return credentials;
      // The clock is no reason to refuse fresh ones: it may be wrong.
      const isExpiring = !(credentials.ExpiredTime * 1000 > host.now() + MARGIN_MS);
      return isExpiring || JSON.stringify(credentials) === refused ? undefined : credentials;
    },
  });
}

function parseCredentials(text: string): Credentials | undefined {
  try {
    const credentials = JSON.parse(text) as Credentials;
    // A header takes printable ASCII only: without an answer of the API they would not be known for bad ones.
    const isHeader = !/[^ -~]/.test(credentials.Token + credentials.TmpSecretId);
    return credentials.Token && credentials.TmpSecretKey && isHeader ? credentials : undefined;
  } catch {
    // What JSON.parse says of bad ones is kept to itself, since it quotes them.
    return undefined;
  }
}
