import { lineOf } from "./location";
import { SettingsError } from "./settings-error";
import { filesOf } from "./settings-files";
import { readYaml, type YamlFile } from "./yaml-file";

/** A place in a settings file. */
export interface Place {
  readonly file: string;
  /** From 1; undefined where the file has nothing of it. */
  readonly line: number | undefined;
}

type Path = readonly (string | number)[];
type Mapping = Readonly<Record<string, unknown>>;

/** What settings files say together. */
export interface Settings {
  /** The files, in their order. */
  readonly files: readonly string[];
  /** Their content as plain data: what each file says overlays what those before it say. */
  readonly raw: Mapping;
  /** The keys that a file takes out with `null`. */
  readonly removed: readonly Path[];
  /** Where the value of a key comes from; of a missing one, the last section around it; undefined where there is none. */
  readonly placeOf: (path: Path) => Place | undefined;
}

/**
 * Reads settings files, each of which overlays those before it: sections are merged key by key, lists and values are
 * replaced, and `null` takes a key out.
 *
 * @param list the files' paths with commas between them
 * @throws SettingsError where a file is missing, or is no YAML, or no mapping
 */
export function readSettings(list: string): Settings {
  const files = filesOf(list);
  if (files.length === 0) {
    throw new SettingsError(JSON.stringify(list), ["no file is named: write one, or several with commas between them"]);
  }
  const read = files.map((file): Read => ({ file, ...readYaml(file) }));
  const removed: Path[] = [];
  const raw = read
    .slice(1)
    .reduce<Mapping>((below, { raw: above }) => overlaid(below, above, [], removed), read[0]?.raw ?? {});
  return { files, raw, removed, placeOf: (path) => placeOf(read, path) };
}

interface Read extends YamlFile {
  readonly file: string;
}

function overlaid(below: Mapping, above: Mapping, path: Path, removed: Path[]): Mapping {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const own = below[key];
    if (value === null) {
      removed.push([...path, key]);
      merged.delete(key);
    } else {
      const isSection = isMapping(value);
      merged.set(key, isSection ? overlaid(isMapping(own) ? own : {}, value, [...path, key], removed) : value);
    }
  }
  return Object.fromEntries(merged);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The last file that says what a key is: it has the key, or something that is no mapping where the key's section is. */
function placeOf(read: readonly Read[], path: Path): Place | undefined {
  const found = read
    .map(({ file, document, raw, lines }) => ({ file, ...reach(raw, path), document, lines }))
    .reverse();
  const deepest = Math.max(...found.map(({ depth }) => depth));
  const place = found.find(({ isDecided }) => isDecided) ?? found.find(({ depth }) => depth === deepest);
  if (place === undefined) return undefined;
  const line = lineOf(place.document, path, place.lines);
  return line === undefined ? undefined : { file: place.file, line };
}

/** How far data has a path, and whether that decides what is there. */
function reach(raw: unknown, path: Path): { readonly depth: number; readonly isDecided: boolean } {
  let value = raw;
  for (const [depth, part] of path.entries()) {
    if (Array.isArray(value)) return { depth, isDecided: true };
    if (!isMapping(value)) return { depth, isDecided: true };
    if (!Object.hasOwn(value, part)) return { depth, isDecided: false };
    value = value[part];
  }
  return { depth: path.length, isDecided: true };
}
