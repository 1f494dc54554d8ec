/** An object of JSON, whose values may be anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries of an object below others, by their keys; none where one of them is not there or is no object. */
export function entriesOf(json: JsonObject, ...keys: readonly string[]): [string, unknown][] {
  const found = keys.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), json);
  return isObject(found) ? Object.entries(found) : [];
}
