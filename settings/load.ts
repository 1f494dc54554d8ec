import { isSecret } from "../constructs/props/prop-error";
import { explainIssue, nameOf, type Problem } from "./explain";
import { lineOf, pathOf } from "./location";
import { brokenRules } from "./rules";
import { type PairSettings, pairSettingsSchema, rightSections } from "./schema";
import { SettingsError } from "./settings-error";
import { readYaml } from "./yaml-file";

/**
 * Reads a pair's settings.
 *
 * @param file path of a YAML file, relative to the working directory
 * @throws SettingsError where the file is missing, is no YAML, has wrong, unknown or missing keys, or a value that
 *   cannot be deployed: everything at once
 */
export function loadPairSettings(file: string): PairSettings {
  const { document, raw, lines } = readYaml(file);
  const refuse = (problems: readonly Problem[]): never => {
    const located = problems.map(({ path, text }) => ({ line: lineOf(document, path, lines), text }));
    const sorted = located.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
    throw new SettingsError(
      file,
      sorted.map(({ line, text }) => (line === undefined ? text : `line ${line}: ${text}`)),
    );
  };
  const result = pairSettingsSchema.safeParse(raw);
  const problems = firstOfEachKey([
    ...(result.success ? [] : result.error.issues.flatMap((issue) => explainIssue(issue, raw))),
    ...placeholders(raw),
    ...brokenRules(rightSections(raw)).map(({ key, text }) => ({ path: pathOf(key), text })),
  ]);
  if (problems.length > 0 || !result.success) return refuse(problems);
  return result.data;
}

/** Without what is said of a key that is refused already, or of one below it: it would be the same mistake again. */
function firstOfEachKey(problems: readonly Problem[]): Problem[] {
  const isBelow = (path: Problem["path"], other: Problem["path"]) => other.every((part, index) => path[index] === part);
  return problems.filter(({ path }, index) => !problems.slice(0, index).some((other) => isBelow(path, other.path)));
}

/** Values such as `${VIP}`, which nothing fills in. A command of a check has them for its shell. */
function placeholders(raw: unknown, path: (string | number)[] = []): Problem[] {
  if (path[0] === "healthCheck") return [];
  if (typeof raw === "string") {
    const [placeholder] = /\$\{.*?\}|\$\(.*?\)|\{\{.*?\}\}/.exec(raw) ?? [];
    if (placeholder === undefined) return [];
    const key = nameOf(path);
    const shown = isSecret(key) ? "a placeholder" : placeholder;
    return [{ path, text: `'${key}' has ${shown} in it, which nothing fills in: write the value itself` }];
  }
  if (typeof raw !== "object" || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const part = Array.isArray(raw) ? Number(key) : key;
    return placeholders(value, [...path, part]);
  });
}
