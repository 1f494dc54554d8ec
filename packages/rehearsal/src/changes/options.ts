import { parseArgs } from "node:util";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { UsageError } from "../cli/command.ts";
import { oneOf, parsed } from "../cli/option-values.ts";
import { CHANGES } from "./index.ts";

/** What the command line asks for. */
export interface ChangesRequest {
  readonly mechanisms: readonly Mechanism[];
  /** The names of the changes. */
  readonly changes: readonly string[];
  /** Leaves out what has gone as it must before. */
  readonly isResumed: boolean;
  /** Keeps the results in docs/changes. */
  readonly isKept: boolean;
  readonly list: boolean;
  readonly help: boolean;
}

/** How the command is used. */
export const USAGE = `usage: npm run rehearse:changes -- [options]
  --change NAME   this one only, several with commas
  --mechanism M   havip, secondary-private-ip or both (default: both)
  --keep          keep the results in docs/changes
  --resume        leave out what has gone as it must by the results that are kept; with --keep
  --list          say what changes there are
  --help          this text
exit status: 0 everything went as it must, 1 something did not, 2 it cannot start, 130 interrupted`;

/** Reads the command line. @throws UsageError which names the option, shows the value and says what it must be */
export function parseChangesOptions(argv: readonly string[]): ChangesRequest {
  const flag = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const mechanismOption = { ...text, default: "both" } as const;
  const options = { change: text, mechanism: mechanismOption, keep: flag, resume: flag, list: flag, help: flag };
  const { values } = parsed(() => parseArgs({ args: [...argv], options }));
  if (values.resume && !values.keep) throw new UsageError("--resume goes with --keep, got it alone");
  const names = CHANGES.map(({ name }) => name);
  const mechanism = oneOf("--mechanism", values.mechanism, [...MECHANISMS, "both"] as const);
  return {
    mechanisms: mechanism === "both" ? MECHANISMS : [mechanism],
    changes: values.change?.split(",").map((name) => oneOf("--change", name, names)) ?? names,
    isResumed: values.resume,
    isKept: values.keep,
    list: values.list,
    help: values.help,
  };
}
