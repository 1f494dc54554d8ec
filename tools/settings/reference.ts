// Writes docs/settings.md, the reference of settings files: npm run docs
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Field } from "../../constructs/props/shape";
import { PAIR_SETTINGS } from "../../settings/fields";
import { fieldsOf } from "../../settings/problems";
import { unitOf } from "../../settings/units";
import { type Description, descriptions } from "./descriptions";

/** Where the reference lies. */
export const TARGET = join(__dirname, "../../docs/settings.md");

/** The reference of a settings file, in Markdown. */
export function settingsReference(said = descriptions()): string {
  return `# Settings

What a settings file such as [pair.yaml](../pair.yaml) says. This page and [pair.schema.json](../pair.schema.json) are made
from [the settings' source](../settings/pair-settings.ts) by \`npm run docs\` and \`npm run schema\`.

- **In an editor**: the file's first line, \`# yaml-language-server: $schema=./pair.schema.json\`, lets editors with the YAML
  language server complete keys and mark what is wrong. \`npm run synth\` says the rest, with line, value and remedy.
- **Several environments**: \`PAIR_SETTINGS=base.yaml,prod.yaml\` (or \`--settings base.yaml,prod.yaml\`, where a command of
  this repository names that in its \`--help\`): each file overlays those before it. Sections are merged key by key, lists and values are replaced, and \`null\`
  takes a key out. Errors name the file and line that a value comes from.
- **Where a value comes from**: \`npm run settings -- explain\` lists every key with its value, its origin, unit and meaning.
- **Repetition**: YAML's anchors, aliases and merge keys (\`<<\`) work within a file. Keys that begin with \`x-\` are yours, in the
  file and in its sections.
- **Secrets** never stand in the file: \`{ terraformVariable: vrrp_password }\` is a sensitive variable of Terraform's, whose
  value comes from the environment (\`TF_VAR_vrrp_password\`) or from where else Terraform takes variables.
- **Texts that other YAML readers take for something else** (\`no\`, \`010\`, \`1:30\`, \`1e3\`, a date) are refused without quotes.

${sectionsOf("", PAIR_SETTINGS, said).join("\n\n")}
`;
}

/** A table of a section's keys, and those of the sections below it. */
function sectionsOf(
  path: string,
  fields: Readonly<Record<string, Field>>,
  said: ReadonlyMap<string, Description>,
): string[] {
  const rows = Object.entries(fields).map(([key, field]) => {
    const description = said.get(path === "" ? key : `${path}.${key}`);
    if (description === undefined) throw new Error(`'${path}.${key}' has no comment in the source: say what it is`);
    return `| \`${key}\` | ${cell(typeOf(key, field))} | ${cell(defaultOf(field, description))} | ${cell(description.text)} |`;
  });
  const table = ["| key | value | default | what it is |", "| --- | --- | --- | --- |", ...rows].join("\n");
  const below = Object.entries(fields).flatMap(([key, field]) => {
    const inner = fieldsOf(field.items ?? field);
    const name = `${path === "" ? key : `${path}.${key}`}${field.items === undefined ? "" : "[]"}`;
    // The further addresses have the first one's kind of EIP.
    if (Object.keys(inner).length === 0) return [];
    return sectionsOf(name, inner, said);
  });
  return [...(path === "" ? ["## The file", table] : [`## \`${path}\``, table]), ...below];
}

const cell = (text: string) => text.replaceAll("|", "\\|");

function typeOf(key: string, field: Field): string {
  const { enum: choices, type, minimum, maximum, anyOf } = field.schema;
  const unit = unitOf(key);
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(" or ");
  if (field.items !== undefined) return `list of ${typeOf("", field.items)}`;
  if (Object.keys(fieldsOf(field)).length > 0) return "section";
  if (minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) {
    return `${type}, ${minimum}–${maximum}${unit === undefined ? "" : ` ${unit}`}`;
  }
  if (type === "boolean") return "`true` or `false`";
  if (type === "object") return key === "cloudConfig" ? "mapping" : "texts by name";
  return type === "string" ? "text" : (type ?? (anyOf ? "number or text" : "text"));
}

function defaultOf({ isOptional }: Field, { default: value }: Description): string {
  if (!isOptional) return "required";
  if (value === undefined) return "none";
  return value.startsWith("- ") ? value.slice(2) : `\`${value}\``;
}

if (require.main === module) writeFileSync(TARGET, settingsReference());
