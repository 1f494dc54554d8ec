import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { pairSettingsSchema } from "./schema";

/**
 * Says what is wrong with a settings file in terms of its keys: the key, the value that was found, the remedy.
 *
 * @param issue what the schema found
 * @param raw the file's content, for the values
 */
export function explainIssue(issue: z.core.$ZodIssue, raw: unknown): string[] {
  const key = quotedKey(issue.path);
  const value = valueAt(raw, issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) => {
        const path = [...issue.path, unknown];
        const known = keysAt(pairSettingsSchema, issue.path);
        return `${quotedKey(path)} is no known key, got ${show(valueAt(raw, path))}: ${suggest(unknown, known)}`;
      });
    case "invalid_type":
      return value === undefined
        ? [`${key} is missing: add it (a ${kind(issue.expected)})`]
        : [`${key} must be a ${kind(issue.expected)}, got ${show(value)}: change its type`];
    case "invalid_value":
      return value === undefined
        ? [`${key} is missing: add it (one of ${issue.values.join(", ")})`]
        : [`${key} must be one of ${issue.values.join(", ")}, got ${show(value)}: choose one of them`];
    case "invalid_union":
      return [`${key} has no known kind, got ${show(value)}: see the comments in pair.yaml`];
    case "too_small":
      return [`${key} must not be empty, got ${show(value)}: give it a value or leave the key out`];
    default:
      return [`${key} ${issue.message}, got ${show(value)}: see the comments in pair.yaml`];
  }
}

function quotedKey(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  const parts = path.map((part, index) =>
    typeof part === "number" ? `[${part}]` : `${index ? "." : ""}${String(part)}`,
  );
  return `'${parts.join("")}'`;
}

/** A type in YAML's words. */
function kind(type: string): string {
  return { object: "mapping", record: "mapping", array: "list" }[type] ?? type;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], raw);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

/** The nearest right key, if one is near; otherwise all of them. A key that begins alike is nearer than any other. */
function suggest(unknown: string, known: readonly string[]): string {
  const remoteness = (key: string) => (key.startsWith(unknown) || unknown.startsWith(key) ? 0 : distance(unknown, key));
  const nearest = [...known].sort((a, b) => remoteness(a) - remoteness(b))[0];
  return nearest !== undefined && remoteness(nearest) <= Math.max(2, nearest.length / 2)
    ? `did you mean '${nearest}'?`
    : `known keys are ${known.join(", ")}`;
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
