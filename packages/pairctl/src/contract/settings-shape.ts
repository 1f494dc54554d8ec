import type { Rows, Rule } from "./rules.ts";
import { SETTINGS_ROWS } from "./settings.ts";

/**
 * What pairctl checks the settings of a node for: the types of a value (`string`, or `string or undefined` where it may be
 * absent), the shape of a list's items, or the shape of each key of an object. Whoever writes the settings checks the
 * limits and patterns of the rules, too: on a node there is no room for them.
 */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

// The bundler puts the values of these two into the nodes' pairctl, which has no rules.

/** The shape of the settings with their defaults. */
export const SETTINGS_SHAPE: Shape = shapeOfRows(SETTINGS_ROWS);

/** The same without some of the keys. */
export function settingsShapeWithout(keys: readonly string[]): Shape {
  return shapeOfRows(Object.fromEntries(Object.entries(SETTINGS_ROWS).filter(([key]) => !keys.includes(key))));
}

/** The values of what a node's settings leave out. */
export const SETTINGS_DEFAULTS: Readonly<Record<string, unknown>> = defaultsOf(SETTINGS_ROWS);

function shapeOfRows(rows: Rows): Shape {
  return Object.fromEntries(Object.entries(rows).map(([key, rule]) => [key, shapeOf(rule)]));
}

function shapeOf({ items, kind, optional, rows }: Rule<unknown>): Shape {
  if (rows) return shapeOfRows(rows);
  if (items) return [shapeOf(items)];
  const type = kind === "flag" ? "boolean" : kind === "integer" || kind === "number" ? "number" : "string";
  return optional ? `${type} or undefined` : type;
}

function defaultsOf(rows: Rows): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([key, rule]) => (rule.default === undefined ? [] : [[key, rule.default]])),
  );
}
