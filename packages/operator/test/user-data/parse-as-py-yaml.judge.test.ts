import { expect, test } from "vitest";
import { hasPyYaml, readByPyYaml } from "../../../../__tests__/helpers/python-yaml.ts";
import { parseAsPyYaml } from "../../src/user-data/parse-as-py-yaml.ts";

/** What the versions of YAML and their readers disagree about. */
const WORDS = [
  ...["no", "On", "y", "Y", "n", "TRUE", "~", "Null", "none", "'no'", "!!str no"],
  ...["0755", "010", "08", "019", "0o10", "0x1F", "0b11", "1_000", "+1", "-1", "2026", "1:30", "190:20:30"],
  ...["1.5", "1.", ".5", "-.5", "1e3", "1.5e3", "1.5e+3", "1e+3", "12:30:45", "1.2.8", "10.0.1.100"],
];

test.runIf(hasPyYaml)("reads what the versions of YAML disagree about as PyYAML does", () => {
  const texts = WORDS.map((word) => `key: ${word}\n`);
  const theirs = readByPyYaml(texts);
  expect(theirs.map(({ error }) => error)).toEqual(WORDS.map(() => undefined));
  const read = (data: unknown) => (data as { readonly key: unknown }).key;
  const paired = (keys: readonly unknown[]) => Object.fromEntries(WORDS.map((word, index) => [word, keys[index]]));
  expect(paired(texts.map((text) => read(parseAsPyYaml(text))))).toEqual(paired(theirs.map(({ data }) => read(data))));
});
