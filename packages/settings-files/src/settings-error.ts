/** A settings file that cannot be used: one line for each problem, with its line in the file, key, value and remedy. */
export class SettingsError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super([`${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
    this.name = "SettingsError";
  }
}
