import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../constructs/props/json-schema";
import type { Field } from "../constructs/props/shape";
import { PAIR_SETTINGS } from "./fields";
import { readSettings, type Settings } from "../packages/settings-files/src/read-settings";
import { loadPairSettings } from "./load";
import { fieldsOf, type KeyPath, nameOf } from "./problems";
import { isSecretReference } from "./sections/secret";
import { unitOf } from "./units";

/** A key of the settings, with its value and where that comes from. */
export interface ExplainedKey {
  readonly key: string;
  /** As JSON; undefined where there is none. */
  readonly value: string | undefined;
  /** `base.yaml:12`, `default`, `default, since prod.yaml:3 takes it out`, or `environment` with the variable's name. */
  readonly from: string;
  readonly unit: string | undefined;
  /** What the key is. */
  readonly doc: string;
}

/**
 * Every key of the settings that the files result in: also those that are left out, with their defaults.
 *
 * @param list the files' paths with commas between them
 * @throws SettingsError where the settings cannot be used
 */
export function explainSettings(list: string, env: NodeJS.ProcessEnv = process.env): ExplainedKey[] {
  loadPairSettings(list);
  const settings = readSettings(list);
  const schema = JSON.parse(readFileSync(join(__dirname, "../pair.schema.json"), "utf8")) as JsonSchema;
  return Object.entries(PAIR_SETTINGS).flatMap(([key, field]) =>
    explained({ settings, env }, field, schema.properties?.[key], settings.raw[key], [key]),
  );
}

interface Context {
  readonly settings: Settings;
  readonly env: NodeJS.ProcessEnv;
}

function explained(
  context: Context,
  field: Field,
  schema: JsonSchema | undefined,
  value: unknown,
  path: KeyPath,
): ExplainedKey[] {
  if (Array.isArray(value) && field.items !== undefined && Object.keys(fieldsOf(field.items)).length > 0) {
    const { items } = field;
    return value.flatMap((each: unknown, index) => explained(context, items, schema?.items, each, [...path, index]));
  }
  const fields = Object.entries(fieldsOf(field.kindOf?.(value) ?? field));
  if (fields.length > 0 && typeof value === "object" && value !== null && !isSecretReference(value)) {
    const section = value as Readonly<Record<string, unknown>>;
    return fields.flatMap(([key, each]) =>
      explained(context, each, propertyOf(schema, key), section[key], [...path, key]),
    );
  }
  const { description: doc = "", default: ownDefault } = schema ?? {};
  const unit = unitOf(String(path.at(-1)));
  const key = nameOf(path);
  if (value === undefined) {
    const shown = ownDefault === undefined ? undefined : JSON.stringify(ownDefault);
    const isTakenOut = context.settings.removed.some((each) => nameOf(each) === key);
    const from = isTakenOut ? `default, since ${placeText(context.settings, path)} takes it out` : "default";
    return [{ key, value: shown, from, unit, doc }];
  }
  const at = placeText(context.settings, path);
  if (!isSecretReference(value)) return [{ key, value: JSON.stringify(value), from: at, unit, doc }];
  const variable = `TF_VAR_${value.terraformVariable}`;
  const isSet = context.env[variable] !== undefined;
  return [
    { key, value: "(secret)", from: `environment ${variable} (${isSet ? "set" : "not set"}), by ${at}`, unit, doc },
  ];
}

/** Where the files say last what a key is. */
function placeText({ placeOf, files }: Settings, path: KeyPath): string {
  const { file = files.at(-1), line } = placeOf(path) ?? {};
  return line === undefined ? `${file}` : `${file}:${line}`;
}

/** What a section's schema says of a key; that of several kinds, in one of them. */
function propertyOf(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  if (schema === undefined) return undefined;
  return (
    schema.properties?.[key] ??
    (schema.anyOf ?? []).map((each) => propertyOf(each, key)).find((found) => found !== undefined)
  );
}

/** The keys as text: each with its value and origin, and below that what it is. */
export function explanationText(keys: readonly ExplainedKey[]): string {
  const lines = keys.flatMap(({ key, value, from, unit, doc }) => [
    `${key} = ${value ?? "(none)"}${unit === undefined || value === undefined ? "" : ` ${unit}`}  [${from}]`,
    `    ${doc}`,
  ]);
  return `${lines.join("\n")}\n`;
}
