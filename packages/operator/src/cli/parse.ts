import { parseArgs, type ParseArgsConfig } from "node:util";
import { UsageError } from "../operator-error.ts";
import type { Command, OptionSpecs, OptionValues } from "./command.ts";

/** What a command line asks of a command. */
export interface ParsedLine {
  readonly options: OptionValues<OptionSpecs>;
  readonly positionals: readonly string[];
}

/**
 * Reads the options of a command.
 *
 * @throws UsageError which names what is not understood
 */
export function parseLine(command: Command, args: readonly string[]): ParsedLine {
  const specs = Object.entries(command.options);
  const options = specs.map(([name, { kind }]) => [
    name,
    kind === "flag" ? { type: "boolean" as const } : { type: "string" as const, multiple: kind === "list" },
  ]);
  const { values, positionals } = parsed(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(options) as NonNullable<ParseArgsConfig["options"]>,
    }),
  );
  if (command.positionals === undefined && positionals.length > 0) {
    throw new UsageError(`pair ${command.name} takes options only, got '${positionals.join(" ")}'`);
  }
  const given = values as Readonly<Record<string, string | boolean | string[] | undefined>>;
  const filled = specs.map(([name, { kind }]) => [
    name,
    given[name] ?? (kind === "flag" ? false : kind === "list" ? [] : undefined),
  ]);
  return { options: Object.fromEntries(filled) as ParsedLine["options"], positionals };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
