import type { Host } from "../node/host.ts";
import { metadata } from "./metadata.ts";
import type { Settings } from "../settings.ts";

/** Short-lived credentials of the instance's role, in the metadata service's own words. */
export interface Credentials {
  readonly TmpSecretId: string;
  readonly TmpSecretKey: string;
  readonly Token: string;
  /** Seconds since the epoch. */
  readonly ExpiredTime: number;
}

/** So long before they expire, in ms, new ones are asked for: a run must not outlive its credentials. */
const MARGIN_MS = 60_000;

/**
 * The credentials of the role, kept on the node until shortly before they expire, so that an outage of the metadata
 * service does not stop a move.
 *
 * @param refused a token that the cloud has refused
 * @throws {Problem} as {@link metadata}
 */
export function credentialsOf(host: Host, settings: Settings, refused: string): Promise<Credentials> {
  return metadata(host, settings, `cam/security-credentials/${settings.roleName}`, "credentials", (text, isKept) => {
    try {
      const keys: Credentials = JSON.parse(text);
      const { ExpiredTime, Token, TmpSecretKey } = keys;
      const isGood = !isKept || (Token !== refused && ExpiredTime * 1000 > host.now() + MARGIN_MS);
      if (isGood && Token && TmpSecretKey) return keys;
    } catch {
      // What JSON.parse says of bad ones is kept to itself, since it quotes them.
    }
    return undefined;
  });
}
