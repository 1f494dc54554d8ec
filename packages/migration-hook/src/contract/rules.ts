/** What a value must be, as its rule says it; behind it stands what was found, and what to do. */
export type Requirement = string;

/** A rule of a value that is told to a node. */
export interface Rule<Value> {
  /** The value where none is given; without a default the value is required, unless it is {@link optional}. */
  readonly default?: Value;
  /** Whether there may be no value at all. */
  readonly optional?: boolean;
  /** What kind of value it is, for a schema or a reference. */
  readonly kind: "text" | "integer" | "flag" | "choice" | "origin" | "address" | "list" | "object";
  /** The unit of a number. */
  readonly unit?: "ms" | "s";
  /** The limits of a number. */
  readonly min?: number;
  /** The limits of a number. */
  readonly max?: number;
  /** The values of a choice. */
  readonly choices?: readonly Value[];
  /** The rule of each item of a list. */
  readonly items?: Rule<unknown>;
  /** The rules of an object's keys. */
  readonly rows?: Rows;
  /** Says what the value must be, where it is not that. */
  violation(value: unknown): Requirement | undefined;
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

/** The same object once the defaults are filled in. */
export type Filled<R extends Rows> = {
  readonly [K in Exclude<keyof R, OptionalKey<R>>]: ValueOf<R[K]>;
} & { readonly [K in OptionalKey<R>]?: ValueOf<R[K]> };

/** Makes a value one that may be left out. */
export function optional<R extends Rule<unknown>>(rule: R): R & { readonly optional: true } {
  return { ...rule, optional: true };
}

/** Gives a value a default. */
export function withDefault<Value, R extends Rule<Value>>(
  rule: R & Rule<Value>,
  value: ValueOf<R>,
): R & { readonly default: ValueOf<R> } {
  return { ...rule, default: value };
}

/** A text that is not empty. */
export function text(): Rule<string> {
  return { kind: "text", violation: (value) => isText(value, /./, "a text that is not empty") };
}

/** An IPv4 address in dotted notation, written out in full. */
export function address(): Rule<string> {
  const byte = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  const pattern = new RegExp(`^${byte}(\\.${byte}){3}$`);
  return { kind: "address", violation: (value) => isText(value, pattern, "an IPv4 address such as 10.0.1.11") };
}

/** The beginning of a URL: scheme, host and, where it is not the scheme's, port. */
export function origin(): Rule<string> {
  const requirement = "scheme, host and perhaps a port, with nothing behind them";
  return { kind: "origin", violation: (value) => isText(value, /^https?:\/\/[\w.-]+(:\d{1,5})?$/, requirement) };
}

/** Where a service is: an origin, and perhaps a path below which its own paths begin. */
export function baseUrl(): Rule<string> {
  const requirement = "scheme, host and perhaps port and path, without a slash at the end";
  return {
    kind: "origin",
    violation: (value) => isText(value, /^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w.-]+)*$/, requirement),
  };
}

/** An integer between two limits, which are allowed themselves. */
export function integer(limits: {
  readonly min: number;
  readonly max: number;
  readonly unit?: "ms" | "s";
}): Rule<number> {
  const { min, max } = limits;
  return {
    kind: "integer",
    ...limits,
    violation: (value) =>
      Number.isInteger(value) && Number(value) >= min && Number(value) <= max
        ? undefined
        : `an integer between ${min} and ${max}`,
  };
}

/** True or false. */
export function flag(): Rule<boolean> {
  return { kind: "flag", violation: (value) => (typeof value === "boolean" ? undefined : "true or false") };
}

/** One of several texts. */
export function choice<const Value extends string>(choices: readonly Value[]): Rule<Value> {
  return {
    kind: "choice",
    choices,
    violation: (value) => (choices.includes(value as Value) ? undefined : `one of ${choices.join(", ")}`),
  };
}

/** A list with at least one item. */
export function list<Item>(items: Rule<Item>): Rule<readonly Item[]> {
  return {
    kind: "list",
    items,
    violation(value) {
      if (!Array.isArray(value) || value.length === 0) return "a list with at least one item";
      const wrong = value.map((item) => items.violation(item)).find((requirement) => requirement !== undefined);
      return wrong && `a list of which each item is ${wrong}`;
    },
  };
}

/** An object with rules of its own. */
export function object<R extends Rows>(rows: R): Rule<Written<R>> {
  return {
    kind: "object",
    rows,
    violation(value) {
      const [first] = violations(rows, value);
      return first && `an object whose '${first.key}' ${first.problem}`;
    },
  };
}

/** What is wrong with one key of an object. */
export interface Violation {
  readonly key: string;
  /** Such as `is missing` or `must be an integer between 1 and 255`. */
  readonly problem: string;
}

/** Everything that is wrong with an object: keys that are missing, unknown, or have a value that their rule refuses. */
export function violations(rows: Rows, value: unknown): Violation[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ key: "", problem: "must be an object" }];
  }
  const found = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(found).filter((key) => !(key in rows));
  return [
    ...unknown.map((key) => ({ key, problem: "is unknown: take it out" })),
    ...Object.keys(rows).flatMap((key) => violationOf(key, rows[key] as Rule<unknown>, found[key])),
  ];
}

/** The same object with the defaults of what it leaves out. */
export function filled<R extends Rows>(rows: R, value: Written<R>): Filled<R> {
  const result: Record<string, unknown> = { ...value };
  for (const key of Object.keys(rows)) {
    if (result[key] === undefined && rows[key]?.default !== undefined) result[key] = rows[key].default;
  }
  return result as Filled<R>;
}

function violationOf(key: string, rule: Rule<unknown>, value: unknown): Violation[] {
  if (value === undefined) {
    return rule.optional || rule.default !== undefined ? [] : [{ key, problem: "is missing" }];
  }
  const requirement = rule.violation(value);
  return requirement === undefined ? [] : [{ key, problem: `must be ${requirement}` }];
}

function isText(value: unknown, pattern: RegExp, requirement: Requirement): Requirement | undefined {
  return typeof value === "string" && pattern.test(value) ? undefined : requirement;
}
