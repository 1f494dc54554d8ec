import type { Outcome } from "../exit-codes.ts";
import type { Clock } from "./clock.ts";
import type { Terminal } from "./terminal.ts";

/** An option of a command, as its help shows it and the command line has it. */
export interface OptionSpec {
  /** `flag` takes no value; a `list` may be given several times. */
  readonly kind: "flag" | "text" | "list";
  /** What the value is, in capitals, as in `--state FILE`. @default - a flag has none */
  readonly value?: string;
  /** What it does, in one line. */
  readonly description: string;
}

/** The options of a command by their names, without the dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What was given for each option: undefined where it was not. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]["kind"] extends "flag"
    ? boolean
    : Specs[Name]["kind"] extends "list"
      ? readonly string[]
      : string | undefined;
};

/** An example for the help: what is typed, and what it is for. */
export interface Example {
  readonly line: string;
  readonly purpose: string;
}

/** What every command gets, beside its options. */
export interface Invocation<Specs extends OptionSpecs = OptionSpecs> {
  readonly options: OptionValues<Specs>;
  /** What is left of the command line. */
  readonly positionals: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C and the like: what has begun is brought to a safe end. */
  readonly interruption: AbortSignal;
  /** What waits for something goes by it. */
  readonly clock: Clock;
}

/** One of the commands, such as `pair status`. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** What it does, in one line of the list of commands. */
  readonly summary: string;
  /** What it does with the traffic, what it needs, what it refuses: a paragraph of the help. */
  readonly description: string;
  /** What may follow the options, as in `[primary|secondary]`. @default - nothing may */
  readonly positionals?: string;
  readonly options: Specs;
  readonly examples: readonly Example[];
  /**
   * @returns what it came to
   * @throws OperatorError where it cannot go on
   */
  readonly run: (invocation: Invocation<Specs>) => Promise<Outcome>;
}

/** Gives a command the types of its own options, and forgets them where commands stand in a list. */
export function command<const Specs extends OptionSpecs>(spec: Command<Specs>): Command {
  return spec as unknown as Command;
}
