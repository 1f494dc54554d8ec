import type { Command, OptionSpec } from "../command.ts";

/** What the shell completes where a value is meant. */
export type ValueKind = "file" | "folder" | "own words";

/** What may be typed behind a command, as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** What may follow the options: one of these words, or a file. Nothing where both are empty. */
  readonly positional: { readonly words: readonly string[]; readonly isFile: boolean };
}

/** An option with its dashes. */
export interface OptionWords {
  readonly option: string;
  readonly description: string;
  /** undefined for a flag, which takes no value */
  readonly value: { readonly name: string; readonly kind: ValueKind } | undefined;
  readonly isRepeatable: boolean;
}

/** Every command takes it, whether it names it or not. */
const HELP: OptionSpec = { kind: "flag", description: "this text" };

/** What can be typed behind each command: what its help says. */
export function wordsOf(commands: readonly Command[]): CommandWords[] {
  return commands.map(({ name, summary, options, positionals = "" }) => ({
    name,
    summary,
    options: Object.entries({ ...options, help: HELP }).map(([option, { kind, value, description }]) => ({
      option: `--${option}`,
      description,
      value: value === undefined ? undefined : { name: value, kind: kindOf(value) },
      isRepeatable: kind === "list",
    })),
    // `primary|secondary` are words; what is in capitals, such as `PLAN.json`, stands for a file.
    positional: {
      words: /[A-Z]/.test(positionals) ? [] : (positionals.match(/[a-z]+/g) ?? []),
      isFile: /[A-Z]/.test(positionals),
    },
  }));
}

function kindOf(value: string): ValueKind {
  if (value === "FILE") return "file";
  return value === "FOLDER" ? "folder" : "own words";
}
