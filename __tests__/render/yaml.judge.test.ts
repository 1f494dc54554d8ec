import { describe, expect, test } from "vitest";
import { DataError, writeYaml } from "../../constructs/render/yaml";
import { hasPyYaml, readByPyYaml } from "../helpers/python-yaml";

/** Every character that YAML, Unicode or Terraform's normalization treats in a way of its own. */
const ODD_CODES = [
  ...range(0x00, 0xa1),
  ...[0xad, 0x0300, 0x0301, 0x0338, 0x0344, 0x034f, 0x061c, 0x0f73, 0x1100, 0x115f, 0x1160, 0x1161, 0x11a8],
  ...[0x1680, 0x180e, 0xac00],
  ...range(0x2000, 0x2070),
  ...[0x2126, 0x212a, 0x212b, 0x3000, 0xd7ff, 0xe000, 0xf8ff, 0xf900],
  ...range(0xfdcf, 0xfdf1),
  ...[0xfe00, 0xfe0f, 0xfeff],
  ...range(0xfff0, 0x10002),
  ...[0x1f600, 0x1fffe, 0x1ffff, 0x2f800, 0xe0001, 0xe0100, 0xf0000, 0xffffe, 0xfffff, 0x100000, 0x10fffe, 0x10ffff],
];
const ODD = ODD_CODES.map((code) => String.fromCodePoint(code));

const POSITIONS: readonly ((odd: string) => string)[] = [
  (odd) => odd,
  (odd) => `${odd}a`,
  (odd) => `a${odd}`,
  (odd) => `a${odd}b`,
  (odd) => `a ${odd} b`,
  (odd) => `${odd}${odd}`,
  (odd) => `one\n${odd}`,
  (odd) => `one\n${odd}two\n`,
  (odd) => `one${odd}\ntwo\n`,
  (odd) => `one\n  ${odd}two\n`,
  (odd) => `${odd}\none\n`,
  (odd) => `one\n${odd}\n`,
  (odd) => `one\n\n\n${odd}`,
];

/** PyYAML reads slowly, and a busy machine more so; nothing here is measured. */
const PATIENCE_MS = 300_000;

/** What YAML 1.1 takes for something else than text, and what it takes for a beginning of something. */
const WORDS = [
  ...["yes", "Yes", "YES", "no", "on", "off", "y", "n", "Y", "N", "true", "False", "null", "Null", "~", "", "=", "<<"],
  ...["0", "-0", "+1", "1_000", "0x1f", "0o17", "017", "08", "0b101", "1:20", "1:20:30.5", "190:20:30", "1.", ".5"],
  ...["1e3", "1e+3", "1.0e+3", "1.5", "6.8523015e+5", ".inf", "-.INF", ".nan", "10.0.1.12", "1.2.3", "0.1"],
  ...[
    "2001-12-14",
    "2001-12-14t21:59:43.10-05:00",
    "12:30",
    "---",
    "--- a",
    "...",
    "-",
    "- a",
    "?",
    "? a",
    ":",
    "a: b",
  ],
  ...[
    "a:",
    ":a",
    "a #b",
    "#a",
    "a#b",
    "[a]",
    "{a}",
    "a]",
    ", a",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    "> a",
    "'a'",
    '"a"',
  ],
  ...["%YAML 1.1", "@a", "`a`", "a\\tb", "\\", "a\\", "\\\n", '"', "'", "a' b", 'a" b', "${X}", "%{ if }", "$${a}"],
  ...[
    " a",
    "a ",
    "\ta",
    "a\t",
    "\t",
    " ",
    "\n",
    "\n\n",
    " \n",
    "\n ",
    "a\n ",
    "a\n\n",
    "\na",
    "\n\na\n\n",
    "a\r\nb\r\n",
  ],
  ...[
    "#!/bin/sh\n\techo\n",
    "if:\n\t- x\n",
    "a\n\t\nb\n",
    "a\n  \n b\n",
    "a  \nb\t\n",
    "\ta\n b",
    "  a\nb\n",
    "#cloud-config",
  ],
];

describe.skipIf(!hasPyYaml)("PyYAML, which cloud-init reads with, reads what was written", () => {
  test.each<[string, readonly string[]]>([
    ["odd characters at every place of a text", ODD.flatMap((odd) => POSITIONS.map((at) => at(odd)))],
    ["words and signs that YAML takes for something else", WORDS],
    ["every character of the basic plane", inChunks(0xffff)],
  ])(
    "%s",
    (_, texts) => {
      const wrong = texts.flatMap((text) => {
        const data = { value: text, list: [text, [text]], nested: { [text]: { [`x${text}`]: text } } };
        return [{ data, document: writeYaml(data) }];
      });
      const read = readByPyYaml(wrong.map(({ document }) => document));
      const failures = wrong.flatMap(({ data, document }, index) => {
        const { data: found, error } = read[index] ?? {};
        return JSON.stringify(found) === JSON.stringify(data) ? [] : [{ document, error }];
      });
      expect(failures).toEqual([]);
      expect(read).toHaveLength(texts.length);
    },
    PATIENCE_MS,
  );

  test("numbers, booleans and nothing as what they are", () => {
    const data = [
      0,
      1,
      -1,
      1.5,
      1e21,
      -1e21,
      1e-7,
      1.25e-9,
      2 ** 53,
      5e-324,
      1.7976931348623157e308,
      true,
      false,
      null,
    ];
    expect(readByPyYaml([writeYaml(data)])).toEqual([{ data }]);
  });

  test("one list in two places twice", () => {
    const list = ["a"];
    expect(readByPyYaml([writeYaml({ a: list, b: list })])).toEqual([{ data: { a: ["a"], b: ["a"] } }]);
  });
});

const TOKEN = "${TfToken[TOKEN.7]}";

test.skipIf(!hasPyYaml)("a token's value is read as it is, whatever stands in its one line", () => {
  const values = ["yes", "0777", "a: b", '"', "'", "\\", "#", "[", "- a", "${X}", "é"];
  const document = writeYaml({ alone: TOKEN, within: `a ${TOKEN} b`, list: [TOKEN], text: `one\n${TOKEN}\ntwo\n` });
  const read = readByPyYaml(values.map((value) => document.replaceAll(TOKEN, () => value)));
  expect(read.map(({ data }) => data)).toEqual(
    values.map((value) => ({ alone: value, within: `a ${value} b`, list: [value], text: `one\n${value}\ntwo\n` })),
  );
});

test("what is written has no character that Terraform's normalization to NFC would change", () => {
  for (const text of ODD.flatMap((odd) => POSITIONS.map((at) => at(odd)))) {
    const written = writeYaml({ [text]: text });
    expect(written.normalize("NFC")).toBe(written);
  }
});

test("a script stands in the user data as it does on the node, its tabs and accents as well", () => {
  expect(writeYaml({ content: "#!/bin/sh\nif true; then\n  logger\t'é 中'\nfi\n" })).toBe(
    "content: |\n  #!/bin/sh\n  if true; then\n    logger\t'é 中'\n  fi\n",
  );
});

const cycle: { a?: unknown } = {};
cycle.a = [cycle];

test.each<[string, unknown, (string | number)[], RegExp]>([
  ["half of a surrogate pair", { a: ["\ud800"] }, ["a", 0], /surrogate/],
  ["half of a surrogate pair in a key", { "x\udc00": 1 }, ["x\udc00"], /surrogate/],
  ["a key that is a symbol", { a: { [Symbol("x")]: 1 } }, ["a"], /not the symbol Symbol\(x\)/],
  ["a key that a copy would lose", { a: JSON.parse('{"__proto__":1}') }, ["a"], /not '__proto__'/],
  ["NaN", [Number.NaN], [0], /finite/],
  ["a number that is a token", [-1.8881545897087626e289], [0], /token of a number/],
  ["a list that is a token", [["#{TfToken[TOKEN.0]}"]], [0, 0], /token of a list/],
  ["a function", { a: () => 1 }, ["a"], /not a function/],
  ["nothing in a list", [undefined], [0], /not an undefined/],
  ["a bigint", [1n], [0], /not a bigint/],
  ["a date", { at: new Date(0) }, ["at"], /not a Date/],
  ["bytes", { content: Buffer.from("x") }, ["content"], /not a Buffer/],
  ["a map", new Map(), [], /not a Map/],
  ["what holds itself", cycle, ["a", 0], /hold itself/],
])("refuses %s, and says where it stands", (_, data, path, problem) => {
  const refusal = refusalOf(() => writeYaml(data));
  expect(refusal).toBeInstanceOf(DataError);
  expect(refusal).toMatchObject({ path, problem: expect.stringMatching(problem), remedy: expect.stringMatching(/\w/) });
});

function refusalOf(write: () => void): unknown {
  try {
    write();
  } catch (error) {
    return error;
  }
  return undefined;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** All characters up to a code, 61 to a text so that each stands at a text's edge for some neighbour. */
function inChunks(last: number): string[] {
  const characters = range(0, last + 1)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const size = 61;
  return range(0, Math.ceil(characters.length / size)).map((index) =>
    characters.slice(index * size, (index + 1) * size).join(""),
  );
}
