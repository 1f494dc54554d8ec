import { completion } from "./completion/index.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { outcomeOf, UsageError } from "../operator-error.ts";
import type { Command, Invocation } from "./command.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { parseLine } from "./parse.ts";
import { VERSION } from "./version.ts";

/** What of a process a command gets. */
export type Surroundings = Pick<Invocation, "env" | "terminal" | "interruption" | "clock">;

/**
 * Runs a command line.
 *
 * @param args without the program
 * @returns the exit status, see EXIT_CODES
 */
export async function run(
  commands: readonly Command[],
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { terminal, interruption } = surroundings;
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.log(generalHelp(commands));
    return EXIT_CODES[args.length === 0 ? "usage" : "well"].code;
  }
  if (name === "--version") {
    terminal.log(VERSION);
    return EXIT_CODES.well.code;
  }
  if (name === "completion") return printCompletion(commands, rest, terminal);
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    terminal.error(`there is no command '${name}': use one of ${commands.map((each) => each.name).join(", ")}`);
    return EXIT_CODES.usage.code;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.log(commandHelp(command));
    return EXIT_CODES.well.code;
  }
  try {
    return EXIT_CODES[await command.run({ ...parseLine(command, rest), ...surroundings })].code;
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome !== undefined) {
      terminal.error(`pair ${command.name}: ${(error as Error).message}`);
      if (error instanceof UsageError) terminal.error(`pair ${command.name} --help says how it is used`);
      return EXIT_CODES[outcome].code;
    }
    if (interruption.aborted) {
      terminal.error(`pair ${command.name}: interrupted`);
      return EXIT_CODES.interrupted.code;
    }
    throw error;
  }
}

function printCompletion(
  commands: readonly Command[],
  args: readonly string[],
  terminal: Surroundings["terminal"],
): number {
  try {
    terminal.log(completion(commands, args).trimEnd());
    return EXIT_CODES.well.code;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.error(`pair completion: ${error.message}`);
    return EXIT_CODES.usage.code;
  }
}
