import { nearest } from "../constructs/props/nearest";
import { PropError, showProp } from "../constructs/props/prop-error";
import { type Field, isObject } from "../constructs/props/shape";

/** Where a key stands in a file. */
export type KeyPath = readonly (string | number)[];

/** What is wrong with a key of a settings file. */
export interface Problem {
  /** Where the key stands. */
  readonly path: KeyPath;
  /** Key, value and remedy. */
  readonly text: string;
}

/** Keys of a section that are nobody's: for anchors, and for other programs. */
export const isExtension = (key: string): boolean => key.startsWith("x-");

/** A path as one writes it, such as `ingress[0].port`. */
export function nameOf(path: KeyPath): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index ? "." : ""}${part}`)).join("");
}

/**
 * Says what is wrong with a value in terms of the file's keys: the key, the value that was found, the remedy. The value of an
 * unknown key is not shown, since it may be a secret under a misspelled name.
 *
 * @param field what the key takes
 * @param value what the file has there
 * @param path of the key
 */
export function problemsOf(field: Field, value: unknown, path: KeyPath = []): Problem[] {
  if (value === undefined) return field.isOptional ? [] : [{ path, text: missing(field, path) }];
  if (field.kindOf !== undefined) {
    const { isOptional } = field;
    const kind = field.kindOf(value);
    // Of a choice that is left open, every kind's keys are told.
    const isOpen = isObject(value) || kind.fields === undefined;
    return problemsOf(isOpen ? { ...kind, isOptional } : { ...kind, isOptional, kinds: field.kinds }, value, path);
  }
  if (field.fields !== undefined) return problemsOfMapping(field, field.fields, value, path);
  if (field.items !== undefined) return problemsOfList(field, field.items, value, path);
  return problemsOfValue(field, value, path);
}

function problemsOfMapping(
  field: Field,
  fields: Readonly<Record<string, Field>>,
  value: unknown,
  path: KeyPath,
): Problem[] {
  if (!isObject(value)) return [wrongType("mapping", field, value, path)];
  const unknown = Object.keys(value)
    .filter((key) => !Object.hasOwn(fields, key) && !isExtension(key))
    .map((key) => ({
      path: [...path, key],
      text: `${quoted([...path, key])} is an unknown key: ${nearest(key, Object.keys(fields))}`,
    }));
  const known = Object.entries(fields).flatMap(([key, each]) => problemsOf(each, value[key], [...path, key]));
  return [...unknown, ...known];
}

function problemsOfList(field: Field, items: Field, value: unknown, path: KeyPath): Problem[] {
  if (!Array.isArray(value)) return [wrongType("list", field, value, path)];
  return value.flatMap((each: unknown, index) => problemsOf(items, each ?? null, [...path, index]));
}

function problemsOfValue(field: Field, value: unknown, path: KeyPath): Problem[] {
  const { type, enum: choices, additionalProperties } = field.schema;
  const got = `got ${showProp(nameOf(path), value)}`;
  const leave = field.isOptional ? ", or leave the key out" : "";
  if (choices !== undefined && !choices.includes(value)) {
    return [{ path, text: `${quoted(path)} must be one of ${choices.join(", ")}, ${got}: choose one of them` }];
  }
  if (type !== undefined && !isOfType(type, value)) return [wrongType(TYPES[type], field, value, path)];
  if (value === "" && type === "string") {
    return [{ path, text: `${quoted(path)} must not be empty, ${got}: give it a value${leave}` }];
  }
  if (typeof additionalProperties === "object") {
    const wrong = Object.entries(value as object)
      .filter(([, each]) => typeof each !== "string")
      .map(([key, each]) => wrongType("string", { ...field, isOptional: false }, each, [...path, key]));
    if (wrong.length > 0) return wrong;
  }
  return refusedBy(() => field.check(nameOf(path), value)).map(({ message }) => ({ path, text: message }));
}

/** The refusal of a check, where it refuses. */
export function refusedBy(check: () => unknown): PropError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof PropError)) throw error;
    return [error];
  }
}

/** A type of JSON Schema's in YAML's words. */
const TYPES = {
  ...{ string: "string", number: "number", integer: "number", boolean: "boolean" },
  ...{ array: "list", object: "mapping" },
} as const;

type YamlType = (typeof TYPES)[keyof typeof TYPES];

/** Whether it is of that type; whether a number is a whole one, the constructs say. */
function isOfType(type: keyof typeof TYPES, value: unknown): boolean {
  if (type === "object") return isObject(value);
  if (type === "array") return Array.isArray(value);
  if (TYPES[type] === "number") return typeof value === "number" && Number.isFinite(value);
  return typeof value === type;
}

function missing(field: Field, path: KeyPath): string {
  const { type, enum: choices } = field.schema;
  const what = choices === undefined ? `a ${TYPES[type ?? "string"]}` : `one of ${choices.join(", ")}`;
  return `${quoted(path)} is missing: add it (${what})`;
}

function wrongType(type: YamlType, field: Field, value: unknown, path: KeyPath): Problem {
  const name = nameOf(path);
  const got = showProp(name, value, namesBelow(field, name));
  const leave = field.isOptional ? ", or leave the key out" : "";
  return { path, text: `${quoted(path)} must be a ${type}, got ${got}: ${typeRemedy(type, value, field)}${leave}` };
}

function typeRemedy(type: YamlType, value: unknown, field: Field): string {
  // What looks like a value may be none: a comment, or an anchor. Of sections, the lines below may still be comments.
  const isText = type !== "mapping" && type !== "list";
  if (value === null && isText) return "give it a value, in quotes where that begins with # or &";
  const isWord = typeof value === "number" || typeof value === "boolean";
  const isNumeral = typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  switch (type) {
    case "mapping": {
      const keys = keysOf(field);
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

function quoted(path: KeyPath): string {
  return path.length === 0 ? "the file" : `'${nameOf(path)}'`;
}

/** The keys of a section, of whatever kind it is; none where it is no mapping's. */
export function keysOf(field: Field): string[] {
  return Object.keys(fieldsOf(field));
}

/** The fields of a section, of whatever kind it is. */
export function fieldsOf({ kinds = [], fields }: Field): Readonly<Record<string, Field>> {
  return Object.assign({}, ...kinds.map(fieldsOf), fields) as Readonly<Record<string, Field>>;
}

/** The names of all keys below one, in lists as well. */
function namesBelow(field: Field, name: string): string[] {
  if (field.items !== undefined) return namesBelow(field.items, `${name}[]`);
  return Object.entries(fieldsOf(field)).flatMap(([key, each]) => {
    const own = name === "" ? key : `${name}.${key}`;
    return [own, ...namesBelow(each, own)];
  });
}
