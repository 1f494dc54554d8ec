import type { Rows, Rule } from "./rules.ts";
import { SETTINGS_ROWS } from "./settings.ts";

/**
 * What pairctl checks the settings of a node for: an example of each value's type, of a list's items, or of each key of an
 * object. Whoever writes the settings checks the limits and patterns of the rules, too: on a node there is no room for
 * them.
 */
export type Shape = number | boolean | string | readonly Shape[] | { readonly [key: string]: Shape };

/** Stands for a text that may be absent. */
export const OPTIONAL_TEXT = "optional";

// The bundler puts the values of these two into the nodes' pairctl, which has no rules.

/** The values of what a node's settings leave out. */
export const SETTINGS_DEFAULTS: Readonly<Record<string, Shape>> = defaultsOf(SETTINGS_ROWS);

/** The shape of the settings that have no default. */
export const SETTINGS_SHAPE: Readonly<Record<string, Shape>> = shapeOfRows(SETTINGS_ROWS);

function shapeOfRows(rows: Rows): Readonly<Record<string, Shape>> {
  const required = Object.entries(rows).filter(([, rule]) => rule.default === undefined);
  return Object.fromEntries(required.map(([key, rule]) => [key, shapeOf(rule)]));
}

function shapeOf({ items, kind, optional, rows }: Rule<unknown>): Shape {
  if (rows) return shapeOfRows(rows);
  if (items) return [shapeOf(items)];
  const example = kind === "flag" ? false : kind === "integer" || kind === "number" ? 0 : "";
  if (!optional) return example;
  if (example !== "") throw new Error(`a setting that may be absent must be a text, not a ${kind}: give it a default`);
  return OPTIONAL_TEXT;
}

function defaultsOf(rows: Rows): Readonly<Record<string, Shape>> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([key, rule]) => (rule.default === undefined ? [] : [[key, rule.default as Shape]])),
  );
}
