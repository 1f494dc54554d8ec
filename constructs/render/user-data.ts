import { deflateRawSync, gzipSync } from "node:zlib";
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

/** A lower bound of the average length in bits of gzip's codes: of a letter, of a length, of a distance. */
const FEWEST_BITS_OF_A_CODE = 5;

/**
 * The value of an instance's `user_data`: `beginning` and `text` in one, in which token markers are left for cdktf.
 * `beginning` is quoted once, however many texts follow.
 */
export function renderUserData(beginning: string, text: string): string {
  return userDataExpression(prepared(beginning).quoted + quoteHclString(text));
}

/** How many of the {@link USER_DATA_LIMIT} characters a text takes, at most, once Terraform has packed it. */
export function userDataSize(text: string): number {
  return charactersOf(packedBytes(text));
}

/**
 * Whether `beginning` and `text` in one are within the {@link USER_DATA_LIMIT}. `beginning` is packed once, however many
 * texts follow, and what repeats it is packed as such; only what comes near the limit is packed as a whole.
 */
export function fitsUserData(beginning: string, text: string): boolean {
  const { withStandIns, packedBytes } = prepared(beginning);
  const options = { level: LEVEL, dictionary: withStandIns };
  const added = deflateRawSync(replaceTokenMarkers(text, TOKEN_STAND_IN), options).length;
  if (charactersOf(atMostTogether(packedBytes, atMost(added))) <= USER_DATA_LIMIT) return true;
  return userDataSize(beginning + text) <= USER_DATA_LIMIT;
}

/** What is known of a text that many user data begin with. */
interface Beginning {
  readonly quoted: string;
  readonly withStandIns: Buffer;
  readonly packedBytes: number;
}
const beginnings = new Map<string, Beginning>();

function prepared(beginning: string): Beginning {
  const known = beginnings.get(beginning);
  if (known !== undefined) return known;
  const made = {
    quoted: quoteHclString(beginning),
    withStandIns: Buffer.from(replaceTokenMarkers(beginning, TOKEN_STAND_IN)),
    packedBytes: packedBytes(beginning),
  };
  beginnings.set(beginning, made);
  return made;
}

function packedBytes(text: string): number {
  return atMost(gzipSync(replaceTokenMarkers(text, TOKEN_STAND_IN), { level: LEVEL }).length);
}

/** What Terraform's gzip makes at most of what Node's makes this many bytes of. */
function atMost(nodeBytes: number): number {
  return Math.ceil(nodeBytes * GO_OVER_NODE) + MARGIN_BYTES;
}

/**
 * The most bytes that two texts take if they are packed as one, from what each takes alone. As one they share their
 * codes. A code for both texts is longer than one for each by at most the bits that say which text a letter is from: the
 * entropy of their shares.
 */
function atMostTogether(first: number, second: number): number {
  const entropy = [first, second]
    .map((part) => part / (first + second))
    .reduce((bits, share) => bits - share * Math.log2(share), 0);
  return (first + second) * (1 + entropy / FEWEST_BITS_OF_A_CODE);
}

function charactersOf(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}
