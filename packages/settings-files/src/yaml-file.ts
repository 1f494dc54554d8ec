import { readFileSync } from "node:fs";
import { type Document, type ErrorCode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import { otherReading } from "./other-reading";
import { SettingsError } from "./settings-error";
import { SETTINGS_VARIABLE } from "./settings-files";

/** A settings file as it was read. */
export interface YamlFile {
  readonly document: Document;
  /** Its content as plain data. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly lines: LineCounter;
}

/** What is wrong at a place of the text. */
interface Found {
  readonly at: number;
  readonly text: string;
}

/** @throws SettingsError where the file is missing, is no YAML, or no mapping */
export function readYaml(file: string): YamlFile {
  const lines = new LineCounter();
  const text = readText(file);
  // Every key is a text, also one such as `5` or `yes`.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, merge: true });
  const refuse = (found: readonly Found[]) => {
    if (found.length === 0) return;
    throw new SettingsError(
      file,
      found.map(({ at, text: said }) => `line ${lines.linePos(at).line}: ${said}`),
    );
  };
  refuse(explained([...document.errors, ...document.warnings], text));
  refuse(unusable(document));
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    throw new SettingsError(file, ["the file is empty, or has comments only: write its keys, such as name: web-pair"]);
  }
  let raw: unknown;
  try {
    raw = document.toJS();
    // An alias of what it is part of has no end, which JSON finds.
    JSON.stringify(raw);
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new SettingsError(file, [`an alias (what begins with *) cannot be followed: ${reason}: write it out`]);
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    const got = Array.isArray(raw) ? `a list of ${raw.length}` : `one ${typeof raw} that is not shown`;
    throw new SettingsError(file, [`the file must be a mapping, got ${got}: write its keys, such as name: web-pair`]);
  }
  return { document, raw: raw as YamlFile["raw"], lines };
}

/** The largest file that is read: settings are a few thousand characters. */
const LARGEST_BYTES = 1_000_000;

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new SettingsError(file, [
      `${reason}: name another file with --settings or the environment variable ${SETTINGS_VARIABLE}`,
    ]);
  }
  if (bytes.length > LARGEST_BYTES) {
    throw new SettingsError(file, [
      `it has ${bytes.length} bytes, and settings have ${LARGEST_BYTES} at most: name another file`,
    ]);
  }
  const isUtf16 = /^(\xff\xfe|\xfe\xff)/.test(bytes.subarray(0, 2).toString("latin1"));
  if (isUtf16 || bytes.includes(0)) {
    throw new SettingsError(file, ["it must be text in UTF-8, and has NUL bytes or a BOM as UTF-16 has: save it so"]);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SettingsError(file, ["it must be text in UTF-8, and has bytes of another encoding: save it so"]);
  }
}

/**
 * Each key that is there twice, and the first of all other errors: the rest is often its echo. In words of our own, since
 * the library's quote what stands in the file, which may be a secret.
 */
function explained(errors: readonly YAMLError[], source: string): Found[] {
  const deeper = deeperKey(errors, source);
  if (deeper !== undefined) return [deeper];
  const first = errors.find(({ code }) => code !== "DUPLICATE_KEY");
  return errors
    .filter((error) => error === first || error.code === "DUPLICATE_KEY")
    .map(({ code, pos: [at] }) => {
      const [key] = /^["']?[\w.-]+["']?(?=\s*:)/.exec(source.slice(at)) ?? [];
      const isTwice = code === "DUPLICATE_KEY" && key !== undefined;
      return { at, text: isTwice ? `'${key}' is there twice: take one of the two out` : WHAT[code] };
    });
}

/**
 * A key that is indented deeper than the one before it, whose value it then seems to go on with: the commonest slip, of
 * which the library says that a key takes several lines. It counts where it comes first.
 */
function deeperKey([first, ...others]: readonly YAMLError[], source: string): Found | undefined {
  const key = others.find(
    ({ code, pos: [from, to] }) =>
      code === "MULTILINE_IMPLICIT_KEY" && from === first?.pos[0] && source.slice(from, to).includes("\n"),
  );
  if (key === undefined) return undefined;
  return { at: key.pos[1] - 1, text: `${indent}. It is deeper than the key before it, which has a value` };
}

const quote = (what: string) => `${what}: put a value that begins so in quotes`;
const indent = "is not indented as YAML needs it: give keys of one section the same number of blanks in front, no tab";
const unclear =
  "is no YAML: write 'key: value', and put a value in quotes that has any of : # [ ] { } , & * ! | > @ % in it";

/** What an error of the YAML library means, and what to do. */
const WHAT: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: quote("has an alias (*) with an anchor or tag"),
  BAD_ALIAS: quote("has an alias (*) without a name that YAML takes"),
  BAD_COLLECTION_TYPE: quote("has a tag (!) that does not go with its value"),
  BAD_DIRECTIVE: quote("has a directive (%) that YAML does not know"),
  BAD_DQ_ESCAPE: "has an escape sequence that YAML does not know: write \\\\ for a backslash, or use single quotes",
  BAD_INDENT: indent,
  BAD_PROP_ORDER: quote("has an anchor (&) or tag (!) where none can be"),
  BAD_SCALAR_START: quote("has a value that begins with a character which YAML keeps for itself"),
  BLOCK_AS_IMPLICIT_KEY: unclear,
  BLOCK_IN_FLOW: unclear,
  DUPLICATE_KEY: "has a key that its section has already: take one of the two out",
  IMPOSSIBLE: unclear,
  KEY_OVER_1024_CHARS: unclear,
  MISSING_CHAR: "lacks a character, such as the closing quote or bracket, a colon, or a blank behind one: add it",
  MULTILINE_IMPLICIT_KEY: unclear,
  MULTIPLE_ANCHORS: quote("has two anchors (&)"),
  MULTIPLE_DOCS: "begins another of several documents: take the line --- and what follows it out",
  MULTIPLE_TAGS: quote("has two tags (!)"),
  NON_STRING_KEY: "has a key that is no text: write 'key: value'",
  RESOURCE_EXHAUSTION: "is nested too deep, or has too many aliases: write it out",
  TAB_AS_INDENT: indent,
  TAG_RESOLVE_FAILED: quote("has a tag (!) that means nothing here"),
  UNEXPECTED_TOKEN: unclear,
};

/** What YAML takes, and what would be lost on the way. */
function unusable(document: Document): Found[] {
  const found: Found[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      found.push({ at: alias.range?.[0] ?? 0, text: quote("has an alias (*) of an anchor that is not there") });
    },
    Scalar(_, scalar) {
      const { value, range } = scalar;
      const at = range?.[0] ?? 0;
      if (typeof value === "string" && !value.isWellFormed()) {
        found.push({ at, text: "holds half of a surrogate pair: write the whole character" });
      }
      const other = otherReading(scalar);
      if (other !== undefined) found.push({ at, text: other });
    },
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== "__proto__") return;
      found.push({ at: key.range?.[0] ?? 0, text: "'__proto__' cannot be a key: take it out" });
    },
  });
  return found;
}
