import { App } from "cdktf";
import * as shape from "../constructs/props/shape";
import { PAIR_SETTINGS, PAIR_SETTINGS_RULES } from "./fields";
import { lineOf, pathOf } from "./files/location";
import { SettingsError } from "./files/settings-error";
import { readYaml } from "./files/yaml-file";
import type { PairSettings } from "./pair-settings";
import { placeholders } from "./placeholders";
import { isExtension, type Problem, problemsOf } from "./problems";
import { brokenRules } from "./rules";
import { refusedAsAWhole } from "./whole";

/** What a whole file takes. */
const FILE = shape.described(shape.object<PairSettings>(PAIR_SETTINGS), { allOf: PAIR_SETTINGS_RULES });

/**
 * Reads a pair's settings.
 *
 * @param file path of a YAML file, relative to the working directory
 * @throws SettingsError where the file is missing, is no YAML, has wrong, unknown or missing keys, or a value that
 *   cannot be deployed: everything at once
 */
export function loadPairSettings(file: string): PairSettings {
  const { document, raw, lines } = readYaml(file);
  const wrong = problemsOf(FILE, raw);
  const wrongSections = new Set(wrong.map(({ path }) => path[0]));
  const right = rightSections(raw, wrongSections);
  const problems = firstOfEachKey([
    ...wrong,
    ...placeholders(raw),
    ...brokenRules(right, wrongSections).map(({ key, text }) => ({ path: pathOf(key), text })),
  ]);
  const settings = withoutExtensions(raw) as PairSettings;
  if (problems.length === 0) {
    problems.push(...refusedAsAWhole(settings).map(({ key, text }) => ({ path: pathOf(key), text })));
  }
  if (problems.length === 0) return settings;
  const located = problems.map(({ path, text }) => ({ line: lineOf(document, path, lines), text }));
  const sorted = located.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  throw new SettingsError(
    file,
    sorted.map(({ line, text }) => (line === undefined ? text : `line ${line}: ${text}`)),
  );
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
