import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { explainIssue } from "./explain";
import { type PairSettings, pairSettingsSchema } from "./schema";

/** A settings file that cannot be used: one line for each problem, with key, value and remedy. */
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
 * @throws SettingsError where the file is missing, is no YAML, or has wrong, unknown or missing keys
 */
export function loadPairSettings(file: string): PairSettings {
  const raw = readYaml(file);
  const result = pairSettingsSchema.safeParse(raw);
  if (!result.success)
    throw new SettingsError(
      file,
      result.error.issues.flatMap((issue) => explainIssue(issue, raw)),
    );
  return result.data;
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError(file, [
      `${(error as Error).message}: name another file with the environment variable PAIR_SETTINGS`,
    ]);
  }
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new SettingsError(
      file,
      document.errors.map(({ message }) => message),
    );
  try {
    // An alias of what it is part of has no end, which JSON finds.
    return JSON.parse(JSON.stringify(document.toJS() ?? {}));
  } catch (error) {
    throw new SettingsError(file, [(error as Error).message]);
  }
}
