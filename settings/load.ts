import { nearest } from "../constructs/props/nearest";
import * as shape from "../constructs/props/shape";
import { PAIR_SETTINGS, PAIR_SETTINGS_RULES } from "./fields";
import { pathOf } from "../packages/settings-files/src/location";
import { readSettings, type Settings } from "../packages/settings-files/src/read-settings";
import { SettingsError } from "../packages/settings-files/src/settings-error";
import type { PairSettings } from "./pair-settings";
import { placeholders } from "./placeholders";
import { fieldsOf, isExtension, type KeyPath, nameOf, type Problem, problemsOf } from "./problems";
import { brokenRules } from "./rules";
import { refusedAsAWhole } from "./whole";

/** What a whole file takes. */
const FILE = shape.described(shape.object<PairSettings>(PAIR_SETTINGS), { allOf: PAIR_SETTINGS_RULES });

/**
 * Reads a pair's settings.
 *
 * @param list path of a YAML file, relative to the working directory; several with commas between them, each of which
 *   overlays those before it
 * @throws SettingsError where the file is missing, is no YAML, has wrong, unknown or missing keys, or a value that
 *   cannot be deployed: everything at once
 */
export function loadPairSettings(list: string): PairSettings {
  const read = readSettings(list);
  const { raw, removed } = read;
  const wrong = [...problemsOf(FILE, raw), ...removed.flatMap(unknownKey)];
  const wrongSections = new Set(wrong.map(({ path }) => path[0]));
  const right = rightSections(raw, wrongSections);
  const problems = firstOfEachKey([
    ...wrong,
    ...placeholders(raw),
    ...brokenRules(right, wrongSections).map(({ key, text }) => ({ path: pathOf(key), text })),
  ]);
  const settings = withoutExtensions(raw) as unknown as PairSettings;
  if (problems.length === 0) {
    problems.push(...refusedAsAWhole(settings).map(({ key, text }) => ({ path: pathOf(key), text })));
  }
  if (problems.length === 0) return settings;
  throw new SettingsError(read.files.join(", "), located(problems, read));
}

/** What is wrong, each with its place, in the order of the files. */
function located(problems: readonly Problem[], { files, placeOf }: Settings): string[] {
  const placed = problems.map(({ path, text }) => {
    const { file = "", line } = placeOf(path) ?? {};
    if (line === undefined) return { at: [-1, 0], text };
    const where = files.length === 1 ? `line ${line}` : `${file}, line ${line}`;
    return { at: [files.lastIndexOf(file), line], text: `${where}: ${text}` };
  });
  const order = ({ at: [file = 0, line = 0] }: (typeof placed)[number]) => file * 1e6 + line;
  return placed.sort((one, other) => order(one) - order(other)).map(({ text }) => text);
}

/** A key that an overlay takes out, and that there is not: most likely it is misspelled. */
function unknownKey(path: KeyPath): Problem[] {
  let fields: Readonly<Record<string, shape.Field>> = PAIR_SETTINGS;
  for (const part of path.slice(0, -1)) {
    const field = Object.hasOwn(fields, part) ? fields[part] : undefined;
    fields = field === undefined ? {} : fieldsOf(field);
    // Of data the keys are the user's.
    if (Object.keys(fields).length === 0) return [];
  }
  const key = String(path.at(-1));
  if (Object.hasOwn(fields, key) || isExtension(key)) return [];
  return [{ path, text: `'${nameOf(path)}' is an unknown key: ${nearest(key, Object.keys(fields))}` }];
}

/** Without what is said of a key that is refused already, or of one below it: it would be the same mistake again. */
function firstOfEachKey(problems: readonly Problem[]): Problem[] {
  const isBelow = (path: Problem["path"], other: Problem["path"]) => other.every((part, index) => path[index] === part);
  return problems.filter(({ path }, index) => !problems.slice(0, index).some((other) => isBelow(path, other.path)));
}

/** The sections of a file that have the right kinds, whatever the others have. */
function rightSections(raw: unknown, wrong: ReadonlySet<unknown>): Partial<PairSettings> {
  if (!shape.isObject(raw)) return {};
  const right = Object.entries(raw).filter(([key]) => Object.hasOwn(PAIR_SETTINGS, key) && !wrong.has(key));
  return withoutExtensions(Object.fromEntries(right)) as Partial<PairSettings>;
}

/** Without keys that begin with `x-`, but in what is for cloud-init, or for tags. */
function withoutExtensions(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutExtensions(each));
  if (!shape.isObject(value) || key === "cloudConfig" || key === "tags") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isExtension(name))
      .map(([name, each]) => [name, withoutExtensions(each, name)]),
  );
}
