import { parseDocument, type Scalar } from "yaml";
import { expect, test } from "vitest";
import { otherReading } from "../src/other-reading";
import { hasPyYaml, readByPyYaml } from "../../../__tests__/helpers/python-yaml";

const WORDS = [
  ...["no", "No", "yes", "on", "Off", "true", "True", "false", "null", "~", "NULL", "n", "y", "none"],
  ...[
    "010",
    "0o10",
    "0x1F",
    "0b11",
    "08",
    "1_000",
    "+1",
    "-1",
    "1",
    "007",
    "1:30",
    "190:20:30",
    "22:22",
    "1e3",
    "1.5e3",
  ],
  ...["1.5e+3", "1.", ".5", "1.5", "-0.1", ".inf", "-.Inf", ".nan", "2026-11-26", "2026-11-26T10:00:00Z", "10.0.1.100"],
  ...["10.0.0.0/16", "80,443", "8000-8010", "web-pair", "S5.MEDIUM2", "1.2.8", "2.2.7", "12:30:45", "="],
];

test.runIf(hasPyYaml)("what is taken without quotes is what PyYAML reads", () => {
  const scalars = WORDS.map((word) => parseDocument(word).contents as Scalar);
  // JSON, in which PyYAML's reading comes here, has no infinite numbers.
  const isFinite = ({ value }: Scalar) => typeof value !== "number" || Number.isFinite(value);
  const taken = scalars.filter((scalar) => otherReading(scalar) === undefined && isFinite(scalar));
  const theirs = readByPyYaml(taken.map(({ source }) => `- ${source}`)).map(({ data }) => data);
  expect(theirs).toEqual(taken.map(({ value }) => [value]));
  expect(taken.length).toBeGreaterThan(15);
});

test.each(["no", "yes", "on", "010", "1:30", "1e3", "1_000", "0o10", "2026-11-26", "0b11"])(
  "refuses %s without quotes",
  (word) => {
    const message = otherReading(parseDocument(word).contents as Scalar);
    expect(message).toMatch(/put it in quotes/);
    expect(otherReading(parseDocument(`"${word}"`).contents as Scalar)).toBeUndefined();
  },
);

test.each(["web-pair", "10.0.1.100", "1", "0.5", "true", "80,443", "null"])(
  "takes %s, which all read the same",
  (word) => {
    expect(otherReading(parseDocument(word).contents as Scalar)).toBeUndefined();
  },
);
