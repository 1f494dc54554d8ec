import type { KeyRules } from "../constructs/props/json-schema";

/**
 * Keys that must not be there, with `false` and not with `not`: of the latter editors mark the whole section, of the former
 * the key itself.
 *
 * @param why what editors say of each
 */
export function without(keys: readonly string[], why: string): KeyRules {
  return { properties: Object.fromEntries(keys.map((key) => [key, false])), errorMessage: why };
}

/** Keys of which no two may be there: the later one is marked. */
export function atMostOneOf(...keys: readonly string[]): KeyRules {
  const beside = (key: string) => `must be left out beside '${key}': take one of the two out`;
  const rules = keys.map((key, index) => [key, without(keys.slice(index + 1), beside(key))] as const);
  return { dependencies: Object.fromEntries(rules.slice(0, -1)) };
}

/** Keys of which at least one must be there. */
export function oneOf(...keys: readonly string[]): KeyRules {
  const errorMessage = `must have one of ${keys.join(", ")}`;
  return { anyOf: keys.map((key) => ({ required: [key], errorMessage })) };
}
