import { z } from "zod";
import { nearest } from "../constructs/props/nearest";
import { showProp } from "../constructs/props/prop-error";
import type { RefusalParams } from "./refuse";
import { pairSettingsSchema } from "./schema";

/** What is wrong with a key of a settings file. */
export interface Problem {
  /** Where the key stands. */
  readonly path: readonly PropertyKey[];
  /** Key, value and remedy. */
  readonly text: string;
}

/**
 * Says what is wrong with a settings file in terms of its keys: the key, the value that was found, the remedy. The value
 * of an unknown key is not shown, since it may be a secret under a misspelled name.
 *
 * @param issue what the schema found
 * @param raw the file's content, for the values
 */
export function explainIssue(issue: z.core.$ZodIssue, raw: unknown): Problem[] {
  const { path } = issue;
  const key = quotedKey(path);
  const value = valueAt(raw, path);
  const at = schemaAt(pairSettingsSchema, path);
  const got = `got ${showProp(nameOf(path), value, namesBelow(at, nameOf(path)))}`;
  const leave = at instanceof z.ZodOptional ? ", or leave the key out" : "";
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) => ({
        path: [...path, unknown],
        text: `${quotedKey([...path, unknown])} is an unknown key: ${nearest(unknown, keysOf(at))}`,
      }));
    case "invalid_type":
      if (value === undefined) return [{ path, text: `${key} is missing: add it (a ${kind(issue.expected)})` }];
      return [
        {
          path,
          text: `${key} must be a ${kind(issue.expected)}, ${got}: ${typeRemedy(issue.expected, value, at)}${leave}`,
        },
      ];
    case "invalid_value":
      return [{ path, text: explainChoice(key, issue.values.map(String), value, got) }];
    case "invalid_union":
      return [{ path, text: explainChoice(key, choicesAt(path), value, got) }];
    case "too_small":
      return [{ path, text: `${key} must not be empty, ${got}: give it a value${leave}` }];
    case "custom": {
      const { remedy, found = got } = issue.params as RefusalParams;
      const text = value === undefined ? `${issue.message}: ${remedy}` : `${issue.message}, ${found}: ${remedy}`;
      return [{ path, text: `${key} ${text}` }];
    }
    default:
      return [{ path, text: `${key} ${issue.message}, ${got}: correct it${leave}` }];
  }
}

function explainChoice(key: string, choices: readonly string[], value: unknown, got: string): string {
  const values = choices.join(", ");
  if (value === undefined) return `${key} is missing: add it (one of ${values})`;
  return `${key} must be one of ${values}, ${got}: choose one of them`;
}

function typeRemedy(expected: string, value: unknown, at: z.core.$ZodType | undefined): string {
  // What looks like a value may be none: a comment, or an anchor. Of sections, the lines below may still be comments.
  const isText = !["mapping", "list"].includes(kind(expected));
  if (value === null && isText) return "give it a value, in quotes where that begins with # or &";
  const isWord = typeof value === "number" || typeof value === "boolean";
  const isNumeral = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  switch (kind(expected)) {
    case "mapping": {
      const keys = keysOf(at);
      return `write its keys below it, indented${keys.length === 0 ? "" : `: ${keys.join(", ")}`}`;
    }
    case "list":
      return "write its items in brackets, such as [a, b], or each below it behind a hyphen";
    case "number":
      return isNumeral ? "leave its quotes out" : "write a number, in digits";
    case "boolean":
      return "write true or false, without quotes";
    default:
      return isWord ? 'put it in quotes, such as "…"' : "write one text";
  }
}

/** A path as one writes it, such as `ingress[0].port`. */
export function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index ? "." : ""}${String(part)}`))
    .join("");
}

function quotedKey(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the file" : `'${nameOf(path)}'`;
}

/** A type in YAML's words. */
function kind(type: string): string {
  return { object: "mapping", record: "mapping", array: "list" }[type] ?? type;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], raw);
}

/** The schema at a path, if there is one. */
function schemaAt(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  const [part, ...rest] = path;
  if (schema === undefined || part === undefined) return schema;
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodDiscriminatedUnion) {
    return bare.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined);
  }
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest);
  return bare instanceof z.ZodObject ? schemaAt(bare.shape[String(part)] as z.core.$ZodType, rest) : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) return unwrapped(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema;
}

/** The keys that a schema has; none where it is no mapping's. */
function keysOf(schema: z.core.$ZodType | undefined): string[] {
  const bare = schema && unwrapped(schema);
  if (bare instanceof z.ZodDiscriminatedUnion) return [...new Set(bare.options.flatMap((option) => keysOf(option)))];
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

/** The names of all keys below one, in lists as well. */
function namesBelow(schema: z.core.$ZodType | undefined, name: string): string[] {
  const bare = schema && unwrapped(schema);
  if (bare instanceof z.ZodArray) return namesBelow(bare.element as z.core.$ZodType, `${name}[]`);
  return keysOf(schema).flatMap((key) => {
    const own = name === "" ? key : `${name}.${key}`;
    return [own, ...namesBelow(schemaAt(schema, [key]), own)];
  });
}

/** What the key that tells the kinds of a section apart can be. */
function choicesAt(path: readonly PropertyKey[]): string[] {
  const union = schemaAt(pairSettingsSchema, path.slice(0, -1));
  const bare = union && unwrapped(union);
  if (!(bare instanceof z.ZodDiscriminatedUnion)) return [];
  return bare.options.flatMap((option) => {
    const kind = schemaAt(option, path.slice(-1));
    return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
  });
}
