import { gzipSync } from "node:zlib";
import { quoteHclString, replaceTokenMarkers } from "./hcl-string";

/** The cloud takes this many characters of user data, counted after base64 (CVM documentation). */
export const USER_DATA_LIMIT = 16_384;

/**
 * A token's value is known only at deploy time; ids and addresses are no longer than this, and random enough that
 * gzip does not shrink them.
 */
export const TOKEN_STAND_IN = "eip-0a1b2c3d4e5f6g7h";

/** Bytes by which Go's gzip, which Terraform uses, may be longer than Node's. */
const GZIP_MARGIN = 12;

/**
 * The Terraform expression of an instance's `user_data`: cloud-init text whose rest is gzipped and base64 encoded by
 * Terraform itself, so that tokens in it get their values first. cloud-init unpacks gzip by itself.
 *
 * @param packed the beginning, from {@link packNodeFiles}
 * @param text the rest
 */
export function userDataExpression(packed: string, text: string): string {
  return `${packed}\${base64gzip("${quoteHclString(text)}")}`;
}

/** How many of the {@link USER_DATA_LIMIT} characters both take once they are gzipped and base64 encoded. */
export function userDataSize(packed: string, text: string): number {
  const bytes = gzipSync(replaceTokenMarkers(text, TOKEN_STAND_IN), { level: 6 }).length;
  return packed.length + Math.ceil((bytes + GZIP_MARGIN) / 3) * 4;
}
