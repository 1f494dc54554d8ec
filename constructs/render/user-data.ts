import { gzipSync } from "node:zlib";
import { userDataExpression } from "../contract";
import { quoteHclString, replaceTokenMarkers } from "./hcl-string";

/** The cloud takes this many characters of user data, counted after base64 (CVM documentation). */
export const USER_DATA_LIMIT = 16_384;

/**
 * A token's value is known only at deploy time; ids and addresses are no longer than this, and random enough that
 * gzip does not shrink them.
 */
export const TOKEN_STAND_IN = "eip-0a1b2c3d4e5f6g7h";

/** Terraform's gzip is Go's, which finds no repetition of three bytes and is longer than Node's, by less than this. */
const GO_OVER_NODE = 1.006;
const MARGIN_BYTES = 12;

/** Two texts packed in one take no more than packed apart, times this: their letters share a code then. */
const TOGETHER_OVER_APART = 1.2;

/** The value of an instance's `user_data`: the text, in which token markers are left for cdktf. */
export function renderUserData(text: string): string {
  return userDataExpression(quoteHclString(text));
}

/** How many of the {@link USER_DATA_LIMIT} characters a text takes, at most, once Terraform has packed it. */
export function userDataSize(text: string): number {
  return charactersOf(packedBytes(text));
}

/**
 * Whether `before` and `text` in one are within the {@link USER_DATA_LIMIT}. `before` is packed once, however many texts
 * follow; only what comes near the limit is packed as a whole.
 */
export function fitsUserData(before: string, text: string): boolean {
  let bytes = packedBefore.get(before);
  if (bytes === undefined) packedBefore.set(before, (bytes = packedBytes(before)));
  if (charactersOf((bytes + packedBytes(text)) * TOGETHER_OVER_APART) <= USER_DATA_LIMIT) return true;
  return userDataSize(before + text) <= USER_DATA_LIMIT;
}
const packedBefore = new Map<string, number>();

function packedBytes(text: string): number {
  const { length } = gzipSync(replaceTokenMarkers(text, TOKEN_STAND_IN), { level: 6 });
  return Math.ceil(length * GO_OVER_NODE) + MARGIN_BYTES;
}

function charactersOf(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
