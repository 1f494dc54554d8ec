// Writes pair.schema.json, by which editors complete and check a settings file: npm run schema
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema } from "../../constructs/props/json-schema";
import { settingsSchema } from "../../settings/json-schema";
import { type Description, descriptions } from "./descriptions";

/** Where the schema lies: in the repository, and in the packages. */
export const TARGET = join(__dirname, "../../pair.schema.json");

/** The schema of a settings file, as its text. */
export function schemaText(said = descriptions()): string {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of a keepalived pair on Tencent Cloud",
    description: "Made from the settings' source by `npm run schema`.",
    ...described(settingsSchema(), "", said),
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}

/** A schema with what is said of its keys, and of those below them. */
function described(schema: JsonSchema, path: string, said: ReadonlyMap<string, Description>): JsonSchema {
  const { properties, items, anyOf, ...own } = schema;
  return {
    ...own,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, each]) => {
          const name = path === "" ? key : `${path}.${key}`;
          const description = said.get(name);
          if (description === undefined) throw new Error(`'${name}' has no comment in the source: say what it is`);
          return [key, { ...documentation(description), ...described(each, name, said) }];
        }),
      ),
    }),
    ...(items && { items: described(items, `${path}[]`, said) }),
    ...(anyOf && { anyOf: anyOf.map((each) => described(each, path, said)) }),
  };
}

/** A default that is a value is one of the schema, too; others are said. */
function documentation({ text, default: value }: Description): JsonSchema {
  if (value === undefined) return { description: text };
  if (value.startsWith("- ")) return { description: `${text} Default: ${value.slice(2)}.` };
  return { description: text, default: JSON.parse(value) as unknown };
}

if (require.main === module) writeFileSync(TARGET, schemaText());
