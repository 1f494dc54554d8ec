import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { jsonSchema, REPORT } from "../../src/report/schema.ts";
import { report } from "./report.ts";

const FOLDER = join(import.meta.dirname, "../../../../docs/field-reports");
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), "utf8"));

const ajv = addFormats.default(new Ajv({ allErrors: true }));
const accepts = ajv.compile(read("schema.json") as object);

test("docs/field-reports/schema.json is the form that the acceptance writes", () => {
  expect(read("schema.json")).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
});

test("a report that the acceptance writes fits the schema, by a validator of its own", () => {
  expect(accepts(JSON.parse(JSON.stringify(report))), ajv.errorsText(accepts.errors)).toBe(true);
});

test.each<[string, object]>([
  ["another version", { version: 2 }],
  ["a verdict that there is not", { assumptions: [{ name: "a", believed: "b", verdict: "maybe", seen: "c" }] }],
  ["no assumption", { assumptions: [] }],
  ["a key that it does not know", { secretKey: "x" }],
  ["a time that is none", { begun: "yesterday" }],
  ["an outage below nothing", { faults: [{ ...report.faults[0], outageMs: -1 }] }],
])("refuses a report with %s", (_what, changes) => {
  const wrong = { ...report, ...changes };
  expect(accepts(JSON.parse(JSON.stringify(wrong)))).toBe(false);
  expect(REPORT.safeParse(wrong).success).toBe(false);
});

test("every contributed report fits the schema, and is of a real cloud", () => {
  const contributed = readdirSync(FOLDER).filter((name) => name.endsWith(".json") && name !== "schema.json");
  for (const name of contributed) {
    expect(accepts(read(name)), `${name}: ${ajv.errorsText(accepts.errors)}`).toBe(true);
    expect(read(name), name).toMatchObject({ isRehearsal: false });
  }
});
