/** Units by how the names of keys end. */
const UNITS: readonly (readonly [ending: RegExp, unit: string])[] = [
  [/Microseconds$/, "µs"],
  [/Seconds$|^advertInt$/, "s"],
  [/Ms$/, "ms"],
  [/Mbps$/, "Mbit/s"],
  [/Gb$/, "GB"],
  [/Months$/, "months"],
  [/Adverts$/, "adverts"],
];

/** The unit of a number, by its key's name; undefined where it has none. */
export function unitOf(key: string): string | undefined {
  return UNITS.find(([ending]) => ending.test(key))?.[1];
}
