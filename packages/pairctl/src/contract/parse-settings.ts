import type { Settings } from "./settings.ts";
import { OPTIONAL_TEXT, SETTINGS_DEFAULTS, SETTINGS_SHAPE, type Shape } from "./settings-shape.ts";

/**
 * Reads the settings of a node, and fills in their defaults.
 *
 * @throws Error that names each key which is missing, unknown, empty, or of a wrong type
 */
export function parseSettings(json: string | undefined): Settings {
  if (!json) throw new Error("missing or empty");
  const settings: unknown = { ...SETTINGS_DEFAULTS, ...(JSON.parse(json) as object) };
  const problems = problemsOf({ ...SETTINGS_DEFAULTS, ...SETTINGS_SHAPE }, settings, "");
  if (problems.length > 0) throw new Error(problems.join("; "));
  return settings as Settings;
}

/** What is wrong with a value. @param path where it stands, such as `virtualIps.0.vip` */
function problemsOf(shape: Shape | undefined, value: unknown, path: string): string[] {
  if (shape === undefined) return [`'${path}' is unknown: take it out`];
  if (value === undefined) return shape === OPTIONAL_TEXT ? [] : [`'${path}' is missing`];
  const isNothing = value === "" || value === null;
  const isOfType = !isNothing && typeof value === typeof shape && Array.isArray(value) === Array.isArray(shape);
  if (!isOfType) return [`'${path}' must not be ${JSON.stringify(value)}`];
  const problems: string[] = [];
  if (typeof shape === "object") {
    const isList = Array.isArray(shape);
    // A list has one item at least, and all of them have the shape of one.
    const shapes = (isList ? shape.slice(0, 1) : shape) as Readonly<Record<string, Shape>>;
    const values = value as Readonly<Record<string, unknown>>;
    for (const key in { ...shapes, ...values }) {
      problems.push(...problemsOf(shapes[isList ? 0 : key], values[key], path ? `${path}.${key}` : key));
    }
  }
  return problems;
}
