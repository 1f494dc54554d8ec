// What JavaScript can hold and no file can: it would be altered on its way, or vanish.

/** Whether a text holds half of a surrogate pair, which has no form in UTF-8: what is written is U+FFFD. */
export function hasHalfOfPair(text: string): boolean {
  return /\p{Cs}/u.test(text);
}

/**
 * The first key of an object that vanishes when the object is copied key by key or written as JSON: a symbol, or
 * `__proto__`, which an object from `JSON.parse` can have, and which sets a copy's prototype instead.
 *
 * @returns how to show it, or undefined where there is none
 */
export function lostKey(value: object): string | undefined {
  const lost = Reflect.ownKeys(value).find((key) => typeof key === "symbol" || key === "__proto__");
  return lost === undefined ? undefined : typeof lost === "symbol" ? `the symbol ${String(lost)}` : `'${lost}'`;
}
