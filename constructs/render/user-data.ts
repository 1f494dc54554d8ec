import { gzipSync } from "node:zlib";
import { quoteHclString, replaceTokenMarkers } from "./hcl-string";

/** The cloud takes this many characters of user data, counted after base64 (CVM documentation). */
export const USER_DATA_LIMIT = 16_384;

/**
 * A token's value is known only at deploy time; ids and addresses are no longer than this, and random enough that
 * gzip does not shrink them.
 */
const TOKEN_STAND_IN = "eip-0a1b2c3d4e5f6g7h";

/** Bytes by which Go's gzip, which Terraform uses, may be longer than Node's. */
const GZIP_MARGIN = 12;

/**
 * The Terraform expression of an instance's `user_data`: cloud-init text, gzipped and base64 encoded by Terraform
 * itself, so that tokens in the text get their values first and the bytes do not depend on the machine that
 * synthesizes. cloud-init unpacks gzip by itself.
 */
export function userDataExpression(text: string): string {
  return `\${base64gzip("${quoteHclString(text)}")}`;
}

/** How many of the {@link USER_DATA_LIMIT} characters the text takes once it is gzipped and base64 encoded. */
export function userDataSize(text: string): number {
  const bytes = gzipSync(replaceTokenMarkers(text, TOKEN_STAND_IN), { level: 6 }).length;
  return Math.ceil((bytes + GZIP_MARGIN) / 3) * 4;
}
