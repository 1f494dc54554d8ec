import { type CollectionTag, Document, Scalar, type ScalarTag, type Tags } from "yaml";
import { stringifyString } from "yaml/util";
import { hasHalfOfPair, lostKey } from "./losses";

/** Data that cannot be written for cloud-init: what is wrong with it, and where it stands. It never shows the data. */
export class DataError extends Error {
  /** @param path where the value stands, such as `["write_files", 0, "content"]` */
  constructor(
    readonly path: readonly (string | number)[],
    /** What is wrong, such as `must not hold half of a surrogate pair`. */
    readonly problem: string,
    /** What to do. */
    readonly remedy: string,
  ) {
    super(problem);
    this.name = "DataError";
  }
}

/**
 * Writes data as YAML that PyYAML, which is what cloud-init reads with, reads back to the letter.
 *
 * A YAML library writes for YAML libraries of its own kind; PyYAML refuses tabs and control characters where others take
 * them, folds at NEL, LS and PS, and takes `1:20` for a number. So every text that is not plainly harmless is written as
 * a double-quoted string in ASCII, with an escape for everything else. Terraform normalizes the strings of its language
 * to NFC, which such escapes survive as well.
 *
 * @throws DataError where a value has no counterpart in YAML, such as a function
 */
export function writeYaml(data: unknown): string {
  requireWritable(data);
  return new Document(data, { version: "1.1", aliasDuplicateObjects: false, schema: SCHEMA }).toString({
    // There are none, and to know that, the library would look for tags in all of it.
    directives: false,
    lineWidth: 0,
    indentSeq: false,
  });
}

const isReplaced = (tag: Tags[number]) =>
  typeof tag !== "string" && /:(str|int|float|merge)$/.test((tag as ScalarTag | CollectionTag).tag);

const TEXT: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string",
  resolve: (text) => text,
  stringify(item, context, onComment, onChompKeep) {
    const text = String(item.value);
    if (!context.implicitKey && !context.inFlow && isBlock(text)) {
      const block = Object.assign(new Scalar(text), { type: Scalar.BLOCK_LITERAL });
      return stringifyString(block, context, onComment, onChompKeep);
    }
    return PLAIN.test(text) && !KEYWORD.test(text) ? text : quote(text);
  },
};

/** PyYAML takes a number with an exponent for text unless it has a point and a sign. */
const NUMBER: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value) => typeof value === "number",
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d+)(\.\d+)?e/, (_, whole, rest = ".0") => `${whole}${rest}e`),
};

/** YAML 1.1, where texts and numbers are written so that PyYAML reads them back; made once for all documents. */
const { schema: SCHEMA } = new Document(null, {
  version: "1.1",
  customTags: (tags: Tags) => [TEXT, NUMBER, ...tags.filter((tag) => !isReplaced(tag))],
});

/**
 * Words, paths, versions and addresses. Nothing in it means anything to YAML, and no number of YAML 1.1 has three points
 * or a letter at its beginning.
 */
const PLAIN = /^(?:[A-Za-z_/][\w/.-]*(?: [\w/.-]+)*|\d{1,3}(?:\.\d{1,3}){3})$/;

/** The words of YAML 1.1 that are no text. */
const KEYWORD = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

/** Text of harmless lines: it stands in the user data as it does on the node. A tab may not begin a line. */
function isBlock(text: string): boolean {
  return (
    (text.includes("\n") || TOKEN.test(text)) &&
    /^[!-~][^]*[!-~]\n?$/.test(text) &&
    !/[^\t\n\x20-\x7e\xa1-\u1fff\u2030-\ud7ff\uf900-\ufdcf\ufe30-\ufefe\uff01-\uffef\u{10000}-\u{1fffd}]/u.test(text) &&
    !/^[\t ]+$|^ *\t/m.test(text) &&
    text.normalize("NFC") === text
  );
}

/** Its value is known only at apply. In a block, any one line stands for itself; in quotes, it could end them. */
const TOKEN = /\$\{TfToken\[/;

function quote(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");

/**
 * Refuses what YAML, or the text on its way to the node, has no counterpart for.
 *
 * @param path where the value stands
 * @param ancestors what it stands in
 * @throws DataError
 */
export function requireWritable(
  value: unknown,
  path: readonly (string | number)[] = [],
  ancestors: readonly unknown[] = [],
): void {
  const refuse = (problem: string, remedy: string): never => {
    throw new DataError(path, problem, remedy);
  };
  switch (typeof value) {
    case "string":
      if (hasHalfOfPair(value)) {
        refuse("must not hold half of a surrogate pair", "no file can hold it: write the whole character");
      }
      if (/[#&]\{TfToken\[/.test(value)) {
        refuse("must not be a token of a list or a map", "only tokens of texts reach a node: use Fn.join or Fn.lookup");
      }
      return;
    case "number":
      if (!Number.isFinite(value)) refuse("must be a finite number", "write the number out");
      // cdktf's tokens of numbers, which are replaced in resources only.
      if (value < -1e200) refuse("must not be a token of a number", "write it as a text, with Token.asString");
      return;
    case "boolean":
      return;
    case "object":
      break;
    default:
      refuse(`must be text, a number, a boolean, a list or a mapping, not ${article(typeof value)}`, "leave it out");
  }
  if (value === null) return;
  if (ancestors.includes(value)) refuse("must not hold itself", "write it out");
  const inner = [...ancestors, value];
  if (Array.isArray(value)) {
    Array.from(value).forEach((each, index) => requireWritable(each, [...path, index], inner));
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = (value as object).constructor?.name ?? "object";
    refuse(
      `must be a mapping of plain data, not ${article(name)}`,
      "write it as text: String(value), or Token.asString(value) for a token",
    );
  }
  const lost = lostKey(value as object);
  if (lost !== undefined) refuse(`must have keys that can be written down, not ${lost}`, "take it out, or rename it");
  for (const [key, each] of Object.entries(value as object)) {
    requireWritable(key, [...path, key], inner);
    if (each !== undefined) requireWritable(each, [...path, key], inner);
  }
}

const article = (name: string) => `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
