/** The settings file that is read where none is named. */
const DEFAULT_FILE = "pair.yaml";

/** The environment variable that names settings files, with commas between them. */
export const SETTINGS_VARIABLE = "PAIR_SETTINGS";

/**
 * The settings files that a command reads: those of its option `--settings`, or of the environment, or pair.yaml.
 *
 * @param named what the option says; several files with commas between them, each of which overlays those before it
 */
export function settingsFiles(named: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  return named ?? env[SETTINGS_VARIABLE] ?? DEFAULT_FILE;
}

/** The single files of such a list. */
export function filesOf(list: string): string[] {
  const files = list.split(",").map((file) => file.trim());
  return files.filter((file) => file !== "");
}
