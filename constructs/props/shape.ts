import { Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import type { JsonSchema } from "./json-schema";
import { nearest } from "./nearest";
import { PropError, Shown } from "./prop-error";
import { hasHalfOfPair, lostKey } from "../render/losses";

/** What one prop must be, whatever its value. */
export interface Field {
  /** Refuses a value of another kind. */
  check(prop: string, value: unknown): void;
  /** Whether the prop may be left out. */
  readonly isOptional: boolean;
  /** What it takes, in so far as that can be said of a value by itself; empty where only a program can give it. */
  readonly schema: JsonSchema;
  /** Of an object with props of its own: theirs. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Of a list: that of its items. */
  readonly items?: Field;
  /** Of a choice between two kinds: the one that a value is measured by. */
  readonly kindOf?: (value: unknown) => Field;
  /** Of a choice between two kinds: both. */
  readonly kinds?: readonly Field[];
}

/** A field that may be left out. */
export interface OptionalField extends Field {
  readonly isOptional: true;
}

/** A field that must be there. */
export interface RequiredField extends Field {
  readonly isOptional: false;
}

/** A field for each prop of an interface: a prop without one, or one without a prop, does not compile. */
export type Shape<Props> = {
  readonly [Key in keyof Required<Props>]: undefined extends Props[Key] ? OptionalField : RequiredField;
};

/** Refuses an object that has a prop of a wrong kind, lacks one, or has one that nobody reads. */
export function requireProps<Props>(shape: Shape<Props>, props: unknown, prefix = ""): asserts props is Props {
  if (!isObject(props)) {
    const own = prefix === "" ? "props" : prefix.slice(0, -1);
    throw new PropError(own, props, "must be an object with props", `give ${Object.keys(shape).join(", ")}`);
  }
  requireKnown(Object.keys(shape), props, prefix);
  requireFields(shape, props, prefix);
}

/** A text of whole characters. A token of one is a text as well. */
export function text(example: string): RequiredField {
  const remedy = `write it such as ${JSON.stringify(example)}`;
  const kind = required(
    { type: "string", minLength: 1 },
    "must be a text",
    remedy,
    (value) => typeof value === "string",
  );
  return both(kind, (prop, value) => requireWholeCharacters(prop, value as string));
}

/** A text that fits a pattern, which the constructor that gets it requires. A token of one is a text as well. */
export function matching(example: string, pattern: RegExp): RequiredField {
  const patternErrorMessage = `write it such as ${JSON.stringify(example)}`;
  return described(text(example), { pattern: pattern.source, patternErrorMessage });
}

/** A field of a kind that is checked further once the kind is right. */
function both(kind: RequiredField, checkFurther: RequiredField["check"]): RequiredField {
  return {
    ...kind,
    check(prop, value) {
      kind.check(prop, value);
      checkFurther(prop, value);
    },
  };
}

/** Refuses half of a surrogate pair: Terraform would put U+FFFD in its place. */
function requireWholeCharacters(prop: string, value: string): void {
  if (!hasHalfOfPair(value)) return;
  throw new PropError(prop, value, "must not hold half of a surrogate pair", "write the whole character");
}

/** The least and the most that a number may be. */
export type Limits = readonly [min: number, max: number];

/** A number. A token of one is a number as well. */
export function number(example: number, limits?: Limits): RequiredField {
  return numeric("number", example, limits);
}

/** A whole number. That it is one, and within its limits, is refused by the constructor that gets it, with a remedy. */
export function integer(example: number, limits: Limits): RequiredField {
  return numeric("integer", example, limits);
}

function numeric(type: "number" | "integer", example: number, limits?: Limits): RequiredField {
  return required(
    { type, ...(limits && { minimum: limits[0], maximum: limits[1] }) },
    "must be a number",
    `write it such as ${example}, without quotes`,
    (value) => typeof value === "number",
  );
}

/** True or false. */
export function flag(): RequiredField {
  return required(
    { type: "boolean" },
    "must be true or false",
    "write one of the two, without quotes",
    (value) => typeof value === "boolean",
  );
}

/** One of some words. */
export function oneOf(...words: readonly (string | number)[]): RequiredField {
  return required({ enum: words }, `must be one of ${words.join(", ")}`, "choose one of them", (value) =>
    words.includes(value as string),
  );
}

/** A list of values of one kind. */
export function list(item: RequiredField, example: string): RequiredField {
  return {
    isOptional: false,
    schema: { type: "array", items: item.schema },
    items: item,
    check(prop, value) {
      if (!Array.isArray(value)) throw new PropError(prop, value, "must be a list", `write it such as ${example}`);
      // Array.from: a list may have holes, which forEach leaves out.
      Array.from(value).forEach((each, index) => item.check(`${prop}[${index}]`, each));
    },
  };
}

/** Tags: texts by name, as the cloud takes them (Tag documentation, "Use Limits"). A token is let through. */
export function tags(): RequiredField {
  return {
    isOptional: false,
    schema: {
      type: "object",
      propertyNames: { ...tagPart(127), not: { pattern: RESERVED_TAGS.source } },
      additionalProperties: tagPart(255),
    },
    check(prop, value) {
      const remedy = 'write it such as { team: "ops" }';
      if (!isPlain(value)) throw new PropError(prop, value, "must be an object of texts by name", remedy);
      requireKeys(prop, value);
      for (const [name, each] of Object.entries(value)) {
        requireWholeCharacters(prop, name);
        requireTagPart(prop, "the name of a tag", name, 127);
        text("ops").check(`${prop}.${name}`, each);
        requireTagPart(`${prop}.${name}`, "a tag's text", each as string, 255);
        if (RESERVED_TAGS.test(name)) {
          throw new PropError(
            prop,
            name,
            "must not have a name that the cloud keeps for itself",
            "choose another name",
          );
        }
      }
    },
  };
}

const RESERVED_TAGS = /^(qcs:|project:|项目)/;

/** What {@link requireTagPart} takes. */
function tagPart(maxLength: number): JsonSchema {
  const pattern = "^(?!\\s)[^\\u0000-\\u001f\\u007f]*(?<!\\s)$";
  return {
    type: "string",
    minLength: 1,
    maxLength,
    pattern,
    patternErrorMessage: "must be one line, without blanks around it",
  };
}

function requireTagPart(prop: string, what: string, part: string, maxLength: number): void {
  if (Token.isUnresolved(part)) return;
  const { length } = [...part];
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (length >= 1 && length <= maxLength && part === part.trim() && !/[\x00-\x1f\x7f]/.test(part)) return;
  throw new PropError(
    prop,
    part,
    `must have 1 to ${maxLength} characters as ${what}, in one line, without blanks around them`,
    `correct it, or leave the tag out (this one has ${length})`,
  );
}

/** Any object of plain data. */
export function data(example: string): RequiredField {
  const kind = required({ type: "object" }, "must be an object", `write it such as ${example}`, isPlain);
  return both(kind, (prop, value) => requireKeys(prop, value as object));
}

/** Refuses keys that would vanish on the way to Terraform. */
function requireKeys(prop: string, value: object): void {
  const lost = lostKey(value);
  if (lost === undefined) return;
  throw new PropError(prop, new Shown(lost), "must have keys that can be written down", "take it out, or rename it");
}

/** An object with props of its own. */
export function object<Props>(shape: Shape<Props>): RequiredField {
  const fields: Readonly<Record<string, Field>> = shape;
  return {
    isOptional: false,
    schema: schemaOfProps(fields),
    fields,
    check: (prop, value) => requireProps(shape, value, `${prop}.`),
  };
}

/** What an object with such props is, in JSON Schema. */
export function schemaOfProps(fields: Readonly<Record<string, Field>>): JsonSchema {
  const required = Object.keys(fields).filter((key) => fields[key]?.isOptional === false);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([key, { schema }]) => [key, schema])),
    additionalProperties: false,
    ...(required.length > 0 && { required }),
  };
}

/**
 * Something that other code makes: a construct, or what stands for one.
 *
 * @param what such as `a subnet`
 * @param remedy how one comes by it
 */
export function part(what: string, remedy: string, shape: Readonly<Record<string, Field>>): RequiredField {
  return {
    isOptional: false,
    schema: {},
    check(prop, value) {
      if (!isObject(value)) throw new PropError(prop, value, `must be ${what}`, remedy);
      if (isPlain(value)) requireKnown(Object.keys(shape), value, `${prop}.`);
      if (Construct.isConstruct(value) && Object.keys(shape).every((key) => !(key in value))) {
        // `subnet: network`, where network.subnet is meant.
        const member = prop.replace(/^.*\./, "");
        throw new PropError(prop, value, `must be ${what}`, member in value ? `give its '${member}'` : remedy);
      }
      requireFields(shape, value, `${prop}.`);
    },
  };
}

/** An object of a class. */
export function instanceOf(what: string, remedy: string, type: () => { readonly prototype: object }): RequiredField {
  return required(
    {},
    `must be ${what}`,
    remedy,
    (value) => isObject(value) && Object.prototype.isPrototypeOf.call(type().prototype, value),
  );
}

/** A function. */
export function callback(what: string): RequiredField {
  return required({}, `must be ${what}`, "write a function", (value) => typeof value === "function");
}

/** A value of the first kind where it fits, or else of the second. */
export function either(fits: (value: unknown) => boolean, first: RequiredField, second: RequiredField): RequiredField {
  const kindOf = (value: unknown) => (fits(value) ? first : second);
  return {
    isOptional: false,
    schema: { anyOf: [first.schema, second.schema] },
    kindOf,
    kinds: [first, second],
    check: (prop, value) => kindOf(value).check(prop, value),
  };
}

/** A field with more said of what it takes: what the constructor that gets it requires beyond the kind. */
export function described<Described extends Field>(field: Described, more: JsonSchema): Described {
  return { ...field, schema: { ...field.schema, ...more } };
}

/** A field that may be left out. */
export function optional(field: RequiredField): OptionalField {
  return {
    ...field,
    isOptional: true,
    check(prop, value) {
      if (value !== undefined) field.check(prop, value);
    },
  };
}

/** What a resource can wait for: another one. */
export function dependable(): RequiredField {
  return required(
    {},
    "must be a resource that can be waited for",
    "give the resource itself",
    (value) => isObject(value) && typeof value["fqn"] === "string",
  );
}

function required(
  schema: JsonSchema,
  problem: string,
  remedy: string,
  fits: (value: unknown) => boolean,
): RequiredField {
  return {
    isOptional: false,
    schema,
    check(prop, value) {
      if (fits(value)) return;
      const isToken = isObject(value) && Tokenization.isResolvable(value);
      throw new PropError(
        prop,
        value,
        problem,
        isToken ? "wrap the token in Token.asString or Token.asNumber" : remedy,
      );
    },
  };
}

/** Refuses an object that has a prop of a wrong kind, or lacks one. */
export function requireFields(shape: object, value: object, prefix: string): void {
  for (const [key, field] of Object.entries(shape as Record<string, Field>)) {
    const each = (value as Readonly<Record<string, unknown>>)[key];
    if (each === null && field.isOptional) {
      throw new PropError(`${prefix}${key}`, each, "must not be null", "leave it out");
    }
    field.check(`${prefix}${key}`, each);
  }
}

function requireKnown(known: readonly string[], value: object, prefix: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) {
    requireKeys(prefix === "" ? "props" : prefix.slice(0, -1), value);
    return;
  }
  // Its value may be a secret under a misspelled name.
  const hidden = new Shown(`a ${kindOf((value as Record<string, unknown>)[unknown])} that is not shown`);
  throw new PropError(`${prefix}${unknown}`, hidden, "is an unknown prop", nearest(unknown, known));
}

/** Whether a value has props. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return typeof value === "string" ? "text" : typeof value;
}
