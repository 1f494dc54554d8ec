import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import { Document, parse } from "yaml";
import type { JsonSchema } from "../../constructs/props/json-schema";
import { loadPairSettings } from "../../settings";
import { settingsSchema } from "../../settings/json-schema";
import { nameOf } from "../../settings/problems";
import { schemaText } from "../../tools/settings/schema";
import { FULL_SETTINGS, type Path, pathsOf } from "../helpers/full-settings";
import { WRONG, WRONG_BUT_FOR_TEXTS } from "../helpers/wrong-settings";

const ROOT = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "json-schema-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = readFileSync(join(ROOT, "pair.schema.json"), "utf8");
// Strict: a keyword that does not do what it looks like is an error.
const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false })
  .addVocabulary(["patternErrorMessage", "errorMessage"])
  .compile(JSON.parse(TEXT) as JsonSchema);

/** What the loader says of settings, line by line; nothing where it takes them. */
function refusals(settings: object): string[] {
  const file = join(folder, "pair.yaml");
  writeFileSync(file, new Document(settings).toString());
  try {
    loadPairSettings(file);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

function withValue(settings: object, path: Path, value: unknown): object {
  const document = new Document(structuredClone(settings));
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document.toJS() as object;
}

/** Refusals about a value that depends on another one, or on arithmetic, or on another language: JSON Schema has none of it. */
const BEYOND_A_SCHEMA = [
  /must be a free address of the subnet/,
  /must lie inside the VPC/,
  /must lie in 10\.0\.0\.0\/8/,
  /must be an IPv4 network in CIDR notation.*which is/,
  /must differ/,
  /'role\.ways' must have/,
  /must be lower than the primary/,
  /must be that of the subnet's zone/,
  /must not be the other node's/,
  /needs keepalived .* or later, and minKeepalivedVersion is/,
  /must be .* or later, which brought unicast/,
  /so that an election is over/,
  /must be below deadlineMs/,
  /which no package of the nodes brings/,
  /instanceType' (has a network interface|takes)/,
  /must be a port, a list of ports, a range or ALL.*"65536"/,
  /extraKeepalivedConf' /,
  /must be a script|must have a command|must be text|must have the line ends/,
  /belongs to/,
  /'userData' must fit/,
];

/** The refusals of settings that a schema must say, too. */
const expressible = (said: readonly string[]) =>
  said.filter((line) => !BEYOND_A_SCHEMA.some((pattern) => pattern.test(line)));

function requireAgreement(settings: object, what: string): void {
  const said = refusals(settings);
  const isAccepted = accepts(settings);
  const why = `${what}\nthe loader: ${said.join("\n")}\nthe schema: ${JSON.stringify(accepts.errors)}`;
  if (said.length === 0) expect(isAccepted, why).toBe(true);
  if (expressible(said).length > 0) expect(isAccepted, why).toBe(false);
}

test("pair.schema.json is what 'npm run schema' writes", () => {
  expect(TEXT).toBe(schemaText());
});

test("what a text must fit is said in words, too, which editors show", () => {
  const unsaid: string[] = [];
  JSON.parse(TEXT, (key, value: JsonSchema | null) => {
    // A pattern alone says what is not meant, such as a placeholder.
    if (value?.pattern !== undefined && value.type === "string" && !value.patternErrorMessage) unsaid.push(key);
    return value;
  });
  expect(unsaid).toEqual([]);
});

describe("a file that can be used is accepted:", () => {
  test.each(Object.entries(FULL_SETTINGS))("%s", (_, settings) => {
    expect(accepts(settings) || accepts.errors).toBe(true);
  });

  const files = ["pair.yaml", ...readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" })]
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => (name === "pair.yaml" ? name : join("examples", name)));
  test.each(files)("%s", (name) => {
    expect(accepts(parse(readFileSync(join(ROOT, name), "utf8"))) || accepts.errors).toBe(true);
  });

  test("keys that begin with x-, in the file and in its sections", () => {
    const [settings] = Object.values(FULL_SETTINGS);
    const network = { ...(settings?.["network"] as object), "x-note": { any: ["thing"] } };
    expect(accepts({ ...settings, network, "x-defaults": { a: 1 } })).toBe(true);
  });
});

describe.each(Object.entries(FULL_SETTINGS))("refuses what the loader refuses, with %s:", (_, settings) => {
  const paths = pathsOf(settings).filter((path) => path[0] !== "cloudConfig" || path.length === 1);
  test.each(paths.map((path) => [nameOf(path), path] as const))("a wrong or missing value of %s", (name, path) => {
    for (const [kind, value] of Object.entries({ missing: undefined, ...WRONG, ...WRONG_BUT_FOR_TEXTS })) {
      // What JSON cannot write down comes to a schema as null.
      const isJson = typeof value !== "number" || Number.isFinite(value);
      if (isJson) requireAgreement(withValue(settings, path, value), `${name}: ${kind}`);
    }
  });

  test("a key that nobody knows, in each section", () => {
    for (const path of [[], ...paths]) {
      const section = new Document(settings).getIn(path, true) as { items?: { key?: unknown }[] } | undefined;
      if (section?.items?.[0]?.key === undefined || /(^|\.)tags$|^cloudConfig/.test(nameOf(path))) continue;
      requireAgreement(withValue(settings, [...path, "nobodyKnows"], 1), nameOf(path));
    }
  });
});

/** The keys of the schema, those of sections and of their variants as well. */
function keysOf(schema: JsonSchema, path: Path = []): Path[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, each]) => {
    return [[...path, key], ...keysOf(each, [...path, key])];
  });
  const items = schema.items === undefined ? [] : keysOf(schema.items, [...path, 0]);
  return [...own, ...items, ...(schema.anyOf ?? []).flatMap((each) => keysOf(each, path))];
}

/** A key without the place in a list: each item, the only check, and the EIP of a further address have the same ones. */
const kindOf = (path: Path) =>
  nameOf(path)
    .replace(/\[\d+\]/g, "[]")
    .replace(/^healthChecks\[\]/, "healthCheck")
    .replace(/^additionalVips\[\]\.eip\./, "eip.");

test("the files that have every key have every key of the schema", () => {
  const had = new Set(Object.values(FULL_SETTINGS).flatMap((settings) => pathsOf(settings).map(kindOf)));
  expect([...new Set(keysOf(settingsSchema()).map(kindOf))].filter((key) => !had.has(key))).toEqual([]);
});

/** The limits of each number of the schema, by the path of its key. */
function limits(schema: JsonSchema, path: Path = []): [Path, JsonSchema][] {
  const own: [Path, JsonSchema][] = schema.minimum === undefined ? [] : [[path, schema]];
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, each]) => limits(each, [...path, key]));
  const items = schema.items === undefined ? [] : limits(schema.items, [...path, 0]);
  return [...own, ...below, ...items, ...(schema.anyOf ?? []).flatMap((each) => limits(each, path))];
}

const LIMITS = limits(settingsSchema());

test("there are numbers in sections and lists", () => {
  expect(LIMITS.map(([path]) => nameOf(path))).toEqual(
    expect.arrayContaining(["projectId", "keepalived.virtualRouterId", "dataDisks[0].sizeGb", "ingress[0].port"]),
  );
});

test.each(LIMITS.map(([path, schema]) => [nameOf(path), path, schema] as const))(
  "agrees with the loader on the limits of %s",
  (name, path, { minimum = 0, maximum = 0 }) => {
    const has = (settings: object) => new Document(settings).hasIn(path);
    const files = Object.values(FULL_SETTINGS).filter(has);
    expect(files, `no file has ${name}`).not.toEqual([]);
    for (const settings of files) {
      for (const value of [minimum - 1, minimum, minimum + 0.5, maximum, maximum + 1]) {
        requireAgreement(withValue(settings, path, value), `${name}: ${value}`);
      }
    }
  },
);
