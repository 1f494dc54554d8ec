// Writes docs/node-settings.md from the contract: npm run docs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import {
  NODE_PATHS,
  type Rows,
  type Rule,
  SETTINGS_ROWS,
  TUNING_ROWS,
  VIRTUAL_IP_ROWS,
} from "../../packages/pairctl/src/contract/index.ts";

const ROOT = join(__dirname, "../..");
const SOURCE = "packages/pairctl/src/contract/settings.ts";
const TARGET = join(ROOT, "docs/node-settings.md");

/** The reference of everything that a node is told, in Markdown. */
export function nodeSettingsReference(): string {
  const comments = rowComments();
  const told = Object.fromEntries(Object.entries(SETTINGS_ROWS).filter(([key]) => !(key in TUNING_ROWS)));
  return `# What a node is told

pairctl reads it from \`${NODE_PATHS.settings}\`, which the user data writes. This page is made from
[the contract](../${SOURCE}) by \`npm run docs\`.

## What a stack or a settings file may say

Props of \`KeepalivedPair\`, and keys below \`pairctl\` in the settings file.

${table(TUNING_ROWS, comments)}

## What the constructs write

${table(told, comments)}

## Each of \`virtualIps\`

${table(VIRTUAL_IP_ROWS, comments)}
`;
}

/** The comment above a row of the contract. */
interface RowComment {
  /** What the key is. */
  readonly text: string;
  /** What stands behind `@default`: a value as it is written in TypeScript, or `- ` and a description. */
  readonly default: string | undefined;
}

/** The comment above each row of the contract, by key. */
export function rowComments(): Map<string, RowComment> {
  const source = readFileSync(join(ROOT, SOURCE), "utf8");
  const comments = new Map<string, RowComment>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
      const text = ts.getTextOfJSDocComment(comment?.comment);
      const tag = comment?.tags?.find(({ tagName }) => tagName.text === "default");
      if (text) {
        comments.set(node.name.getText(), {
          text: text.replace(/\s+/g, " "),
          default: ts.getTextOfJSDocComment(tag?.comment)?.replace(/\s+/g, " "),
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("settings.ts", source, ts.ScriptTarget.Latest, true));
  return comments;
}

function table(rows: Rows, comments: ReadonlyMap<string, RowComment>): string {
  const lines = Object.entries(rows).map(([key, rule]) => {
    const comment = comments.get(key);
    if (comment === undefined) throw new Error(`${SOURCE}: '${key}' has no comment: say what it is`);
    return `| \`${key}\` | ${typeOf(rule)} | ${defaultOf(rule)} | ${comment.text.replaceAll("|", "\\|")} |`;
  });
  return ["| key | value | default | what it is |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

function typeOf(rule: Rule<unknown>): string {
  if (rule.choices !== undefined) return rule.choices.map((choice) => `\`${String(choice)}\``).join(" or ");
  if (rule.items !== undefined) return `list of ${typeOf(rule.items)}`;
  if (rule.max === undefined) return { flag: "`true` or `false`", object: "object" }[rule.kind as string] ?? rule.kind;
  return `${rule.kind}, ${rule.min}–${rule.max}${rule.unit === undefined ? "" : ` ${rule.unit}`}`;
}

function defaultOf({ default: value, optional }: Rule<unknown>): string {
  if (value !== undefined)
    return [value]
      .flat()
      .map((each) => `\`${String(each)}\``)
      .join(", ");
  return optional ? "none" : "required";
}

if (require.main === module) writeFileSync(TARGET, nodeSettingsReference());
