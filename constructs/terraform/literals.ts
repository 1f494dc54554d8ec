import { literalText } from "../render/hcl-string";

/**
 * A resource's arguments as data: text that looks like a template of Terraform's (`${…}`, `%{…}`) reaches the cloud as
 * it stands, in tags and descriptions too. Tokens keep their meaning.
 */
export function literals<T>(value: T): T {
  if (typeof value === "string") return literalText(value) as T;
  if (Array.isArray(value)) return value.map(literals) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [literalText(key), literals(each)])) as T;
}
