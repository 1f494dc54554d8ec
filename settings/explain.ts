import { z } from "zod";
import { nearest } from "../constructs/nearest";
import { showProp } from "../constructs/prop-error";
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
  const got = `got ${showProp(nameOf(path), value)}`;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) => ({
        path: [...path, unknown],
        text: `${quotedKey([...path, unknown])} is an unknown key: ${nearest(unknown, keysAt(pairSettingsSchema, path))}`,
      }));
    case "invalid_type":
      return [{ path, text: explainType(key, issue.expected, value, got) }];
    case "invalid_value": {
      const values = issue.values.join(", ");
      const missing = `${key} is missing: add it (one of ${values})`;
      return [
        { path, text: value === undefined ? missing : `${key} must be one of ${values}, ${got}: choose one of them` },
      ];
    }
    case "invalid_union":
      return [{ path, text: `${key} must be of a known type, ${got}: see its comment in pair.yaml` }];
    case "too_small":
      return [{ path, text: `${key} must not be empty, ${got}: give it a value or leave the key out` }];
    default:
      return [{ path, text: `${key} ${issue.message}, ${got}: see its comment in pair.yaml` }];
  }
}

function explainType(key: string, expected: string, value: unknown, got: string): string {
  if (value === undefined) return `${key} is missing: add it (a ${kind(expected)})`;
  const isWord = typeof value === "number" || typeof value === "boolean";
  const isNumeral = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  const remedy =
    expected === "string" && isWord
      ? 'put it in quotes, such as "…"'
      : expected === "number" && isNumeral
        ? "leave its quotes out"
        : "change its type";
  return `${key} must be a ${kind(expected)}, ${got}: ${remedy}`;
}

function nameOf(path: readonly PropertyKey[]): string {
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

/** The keys that the schema has at a path. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [part, ...rest] = path;
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysAt(schema.in, path);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return [...new Set(schema.options.flatMap((option) => keysAt(option, path)))];
  }
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (part === undefined) return Object.keys(schema.shape);
  return keysAt(schema.shape[String(part)] as z.core.$ZodType, rest);
}
