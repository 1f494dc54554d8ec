import { constants, gzipSync } from "node:zlib";
import { userDataExpression } from "../contract";
import { quoteHclString, replaceTokenMarkers } from "./hcl-string";

/** The cloud takes this many characters of user data, counted after base64 (CVM documentation). */
export const USER_DATA_LIMIT = 16_384;

/**
 * A token's value is known only at deploy time; ids and addresses are no longer than this, and random enough that
 * gzip does not shrink them.
 */
export const TOKEN_STAND_IN = "eip-0a1b2c3d4e5f6g7h";

/** The level of Terraform's gzip. */
const LEVEL = 6;

/** Terraform's gzip is Go's, which finds no repetition of three bytes and is longer than Node's, by less than this. */
const GO_OVER_NODE = 1.006;
const MARGIN_BYTES = 12;

/**
 * Where the flags of a gzip stream are and the flag that says that a file name follows its header, where the operating system is
 * and Unix' number, and the header's length (RFC 1952).
 */
const GZIP_FLAGS = 3;
const GZIP_NAME = 0x08;
const GZIP_SYSTEM = 9;
const GZIP_UNIX = 3;
const GZIP_HEADER = 10;

/**
 * Packs the beginning of user data, in which there are no token markers: gzip in base64, to which Terraform's own can be
 * appended. That needs a multiple of three bytes; a file name, which nobody reads, fills up what is missing.
 *
 * User data must not change with the machine that synthesizes. The header of gzip says which system that is, if it is let.
 * Which repetitions gzip finds depends on the processor and on Node.js's version; without repetitions it is the same everywhere,
 * and a text that is base64 for the most part has none.
 */
export function packBeginning(text: string): string {
  const gzip = gzipSync(text, { strategy: constants.Z_HUFFMAN_ONLY });
  gzip[GZIP_SYSTEM] = GZIP_UNIX;
  const missing = (3 - (gzip.length % 3)) % 3;
  if (missing === 0) return gzip.toString("base64");
  gzip[GZIP_FLAGS] = GZIP_NAME;
  const name = `${"-".repeat(missing - 1)}\0`;
  return Buffer.concat([gzip.subarray(0, GZIP_HEADER), Buffer.from(name), gzip.subarray(GZIP_HEADER)]).toString(
    "base64",
  );
}

/**
 * The value of an instance's `user_data`.
 *
 * @param packed what {@link packBeginning} made of the beginning; empty where there is none
 * @param text what follows, in which token markers are left for cdktf
 */
export function renderUserData(packed: string, text: string): string {
  return userDataExpression({ packed, quoted: quoteHclString(text) });
}

/** How many of the {@link USER_DATA_LIMIT} characters user data takes, at most, once Terraform has packed its text. */
export function userDataSize(packed: string, text: string): number {
  const bytes = gzipSync(replaceTokenMarkers(text, TOKEN_STAND_IN), { level: LEVEL }).length;
  return packed.length + charactersOf(Math.ceil(bytes * GO_OVER_NODE) + MARGIN_BYTES);
}

function charactersOf(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
