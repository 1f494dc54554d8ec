import type { JsonSchema } from "../constructs/props/json-schema";
import { schemaOfProps } from "../constructs/props/shape";
import { PAIR_SETTINGS, PAIR_SETTINGS_RULES } from "./fields";
import { isForOthers, PLACEHOLDER } from "./placeholders";

/** What a settings file takes, as JSON Schema says it, without descriptions. */
export function settingsSchema(): JsonSchema {
  const { properties = {}, ...schema } = schemaOfProps(PAIR_SETTINGS);
  return withFileRules({ ...schema, properties, allOf: PAIR_SETTINGS_RULES }, "");
}

/** Adds what holds for every section and text of a file: keys that begin with `x-` are nobody's, placeholders are refused. */
function withFileRules(schema: JsonSchema, path: string): JsonSchema {
  if (isForOthers(path)) return path === "cloudConfig" ? schema : withExtensions(schema);
  const { properties, items, anyOf, additionalProperties, ...own } = schema;
  const below = (key: string) => (path === "" ? key : `${path}.${key}`);
  return {
    ...own,
    ...(own.type === "string" && own.pattern === undefined && own.enum === undefined ? refusingPlaceholders(own) : {}),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, each]) => [key, withFileRules(each, below(key))]),
      ),
      patternProperties: EXTENSIONS,
    }),
    ...(items && { items: withFileRules(items, path) }),
    ...(anyOf && { anyOf: anyOf.map((each) => withFileRules(each, path)) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "boolean"
          ? additionalProperties
          : { ...additionalProperties, ...refusingPlaceholders(additionalProperties) },
    }),
  };
}

const EXTENSIONS = { "^x-": {} };

/** The sections of what is for other programs take such keys as well. */
function withExtensions(schema: JsonSchema): JsonSchema {
  if (schema.items !== undefined) return { ...schema, items: withExtensions(schema.items) };
  return schema.properties === undefined ? schema : { ...schema, patternProperties: EXTENSIONS };
}

function refusingPlaceholders({ not }: JsonSchema): JsonSchema {
  const placeholder = { pattern: PLACEHOLDER.source };
  return { not: not === undefined ? placeholder : { anyOf: [not, placeholder] } };
}
