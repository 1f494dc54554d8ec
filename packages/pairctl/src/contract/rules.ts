/** A rule of a value that is told to a node: plain data, which schemas and references are made from, too. */
export interface Rule<Value> {
  /** The value where none is given; without a default the value is required, unless it is {@link optional}. */
  readonly default?: Value;
  /** Whether there may be no value at all. */
  readonly optional?: boolean;
  /** What kind of value it is. An origin is where a service is. */
  readonly kind: "text" | "address" | "origin" | "integer" | "number" | "flag" | "choice" | "list" | "object";
  /** What a text has to look like, and one that does. */
  readonly pattern?: RegExp;
  readonly example?: string;
  /** The unit of an integer or a number, and its limits: see {@link integer}. */
  readonly unit?: "ms" | "s";
  readonly min?: number;
  readonly max?: number;
  /** The values of a choice. */
  readonly choices?: readonly Value[];
  /** The rule of each item of a list, which has one at least. */
  readonly items?: Rule<unknown>;
  /** The rules of an object's keys. */
  readonly rows?: Rows;
}

/** The rules of an object, by key. */
export type Rows = Readonly<Record<string, Rule<unknown>>>;

/** The value that a rule takes. */
export type ValueOf<R> = R extends Rule<infer Value> ? Value : never;

type KeyWith<R extends Rows, Condition> = { [K in keyof R]: R[K] extends Condition ? K : never }[keyof R];
type OptionalKey<R extends Rows> = KeyWith<R, { readonly optional: true }>;
type DefaultedKey<R extends Rows> = KeyWith<R, { readonly default: unknown }>;

/** An object as it is written down: what has a default may be left out. */
export type Written<R extends Rows> = {
  readonly [K in Exclude<keyof R, OptionalKey<R> | DefaultedKey<R>>]: ValueOf<R[K]>;
} & { readonly [K in OptionalKey<R> | DefaultedKey<R>]?: ValueOf<R[K]> | undefined };

/** An object whose every key is written down, as undefined where it has no value: none can be forgotten. */
export type WithEveryKey<T> = { readonly [Key in keyof Required<T>]: T[Key] };

/** The same object once the defaults are filled in. */
export type Filled<R extends Rows> = {
  readonly [K in Exclude<keyof R, OptionalKey<R>>]: ValueOf<R[K]>;
} & { readonly [K in OptionalKey<R>]?: ValueOf<R[K]> };

/** A text that is not empty. */
export const text: Rule<string> = { kind: "text", example: "web", pattern: /./ };

/** An IPv4 address in dotted notation, written out in full. */
export const address: Rule<string> = {
  kind: "address",
  example: "10.0.1.11",
  pattern: /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/,
};

/** Where a service is: scheme and host, in which `{region}` may stand, and, where it is not the scheme's, port. */
export const origin: Rule<string> = {
  kind: "origin",
  example: "https://vpc.tencentcloudapi.com",
  pattern: /^https?:\/\/([\w.-]|\{region\})+(:\d{1,5})?$/,
};

/** The same, and perhaps a path below which the service's own paths begin. */
export const baseUrl: Rule<string> = {
  kind: "origin",
  example: "http://metadata.tencentyun.com",
  pattern: /^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w.-]+)*$/,
};

/** Where an HTTP proxy is. */
export const proxy: Rule<string> = {
  kind: "origin",
  example: "http://10.0.1.5:3128",
  pattern: /^http:\/\/[\w.-]+(:\d{1,5})?$/,
};

/** An integer between two limits, which are allowed themselves. */
export const integer = (min: number, max: number): Rule<number> => ({ kind: "integer", min, max });

/** A number with or without a fraction between two limits, which are allowed themselves. */
export const number = (min: number, max: number): Rule<number> => ({ kind: "number", min, max });

/** True or false. */
export const flag: Rule<boolean> = { kind: "flag" };

/** Says what a value must be, where it is not that: `an integer between 1 and 254`. */
export function violation(rule: Rule<unknown>, value: unknown): string | undefined {
  if (isAllowed(rule, value)) return undefined;
  const { choices, example, items, kind, max, min, pattern, rows } = rule;
  if (rows) {
    const [first] = violations(rows, value);
    return first && `one whose '${first.key}' ${first.problem}`;
  }
  if (items) {
    if (!Array.isArray(value) || !value.length) return "a list with at least one item";
    return value.map((item) => violation(items, item)).find((requirement) => requirement);
  }
  if (pattern) return `written like ${example}`;
  if (choices) return `one of ${choices.join(", ")}`;
  return max === undefined
    ? "true or false"
    : `${kind === "number" ? "a number" : "an integer"} between ${min} and ${max}`;
}

/** What is wrong with one key of an object. */
export interface Violation {
  readonly key: string;
  /** Such as `is missing` or `must be an integer between 1 and 255`. */
  readonly problem: string;
}

/** Everything that is wrong with an object: keys that are missing, unknown, or have a value that their rule refuses. */
export function violations(rows: Rows, value: unknown): Violation[] {
  const found = Object(value) as Readonly<Record<string, unknown>>;
  const problems: Violation[] = [];
  for (const key in { ...rows, ...found }) {
    const rule = rows[key];
    if (!rule) problems.push({ key, problem: "is unknown: take it out" });
    else if (found[key] !== undefined) {
      const requirement = violation(rule, found[key]);
      if (requirement) problems.push({ key, problem: `must be ${requirement}` });
    } else if (!rule.optional && rule.default === undefined) problems.push({ key, problem: "is missing" });
  }
  return problems;
}

/** Whether a value is as its rule says. */
function isAllowed({ choices, items, kind, max, min, pattern, rows }: Rule<unknown>, value: unknown): boolean {
  if (rows) return !violations(rows, value).length;
  if (items) return Array.isArray(value) && !!value.length && value.every((item) => isAllowed(items, item));
  if (pattern) return typeof value === "string" && pattern.test(value);
  if (choices) return choices.includes(value);
  if (max === undefined) return typeof value === "boolean";
  const isNumber = kind === "number" ? typeof value === "number" : Number.isInteger(value);
  return isNumber && Number(value) >= Number(min) && Number(value) <= max;
}
