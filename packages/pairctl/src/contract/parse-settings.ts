import type { Settings } from "./settings.ts";
import { SETTINGS_DEFAULTS, SETTINGS_SHAPE, type Shape } from "./settings-shape.ts";

/**
 * Reads the settings of a node, and fills in their defaults.
 *
 * @throws Error that names each key which is missing, unknown, empty, or of a wrong type
 */
export function parseSettings(json: string | undefined): Settings {
  if (!json) throw new Error("missing or empty");
  const settings: unknown = { ...SETTINGS_DEFAULTS, ...(JSON.parse(json) as object) };
  const problems = problemsOf(SETTINGS_SHAPE, settings, "");
  if (problems.length > 0) throw new Error(problems.join("; "));
  return settings as Settings;
}

/** What is wrong with a value. @param path where it stands, such as `virtualIps.0.vip` */
function problemsOf(shape: Shape | undefined, value: unknown, path: string): string[] {
  if (typeof shape === "object" && typeof value === "object" && Array.isArray(shape) === Array.isArray(value)) {
    const shapes = shape as Readonly<Record<string, Shape>>;
    const values = value as Readonly<Record<string, unknown>>;
    const problems: string[] = [];
    // A list has one item at least: the shape has one, which is that of each.
    for (const key in { ...shapes, ...values }) {
      const ofKey = shapes[Array.isArray(shape) ? 0 : key];
      problems.push(...problemsOf(ofKey, values[key], path ? `${path}.${key}` : key));
    }
    return problems;
  }
  if (shape === undefined) return [`'${path}' is unknown: take it out`];
  if (typeof shape === "string" && shape.includes(typeof value) && value !== "") return [];
  return [`'${path}' ${value === undefined ? "is missing" : `must not be ${JSON.stringify(value)}`}`];
}
