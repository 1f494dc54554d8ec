import { readFileSync } from "node:fs";
import { type Document, LineCounter, parseDocument } from "yaml";
import { explainIssue, type Problem } from "./explain";
import { lineOf, pathOf } from "./location";
import { brokenRules } from "./rules";
import { type PairSettings, pairSettingsSchema } from "./schema";

/** A settings file that cannot be used: one line for each problem, with its line in the file, key, value and remedy. */
export class SettingsError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super([`${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "SettingsError";
  }
}

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
  const problems = [
    ...placeholders(raw),
    ...(result.success
      ? brokenRules(result.data).map(({ key, text }) => ({ path: pathOf(key), text }))
      : result.error.issues.flatMap((issue) => explainIssue(issue, raw))),
  ];
  if (problems.length > 0 || !result.success) return refuse(problems);
  return result.data;
}

function readYaml(file: string): { document: Document; raw: unknown; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    // Without the line's text, which may be a secret.
    const problems = document.errors.map(({ message, pos }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
    throw new SettingsError(file, problems);
  }
  try {
    // An alias of what it is part of has no end, which JSON finds.
    return { document, raw: JSON.parse(JSON.stringify(document.toJS() ?? {})), lines };
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    throw new SettingsError(file, [`an alias or anchor (* and &) cannot be followed: ${reason}`]);
  }
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new SettingsError(file, [
      `${(error as Error).message}: name another file with the environment variable PAIR_SETTINGS`,
    ]);
  }
  if (bytes.includes(0))
    throw new SettingsError(file, ["it must be text in UTF-8, without a BOM of UTF-16: save it so"]);
  return bytes.toString("utf8");
}

/** Values such as `${VIP}`, which nothing fills in. A command of a check has them for its shell. */
function placeholders(raw: unknown, path: (string | number)[] = []): Problem[] {
  if (path[0] === "healthCheck") return [];
  if (typeof raw === "string") {
    const [placeholder] = /\$\{.*?\}|\$\(.*?\)|\{\{.*?\}\}/.exec(raw) ?? [];
    if (placeholder === undefined) return [];
    const key = path
      .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index ? "." : ""}${part}`))
      .join("");
    return [{ path, text: `'${key}' has ${placeholder} in it, which nothing fills in: write the value itself` }];
  }
  if (typeof raw !== "object" || raw === null) return [];
  return Object.entries(raw).flatMap(([key, value]) => {
    const part = Array.isArray(raw) ? Number(key) : key;
    return placeholders(value, [...path, part]);
  });
}
