import { parseArgs } from "node:util";
import { type Assumptions, parseAssumptions } from "local-cloud";
import { type Mechanism, MECHANISMS } from "pairctl/contract";
import { UsageError } from "../cli/command.ts";
import { MOMENTS } from "./moments.ts";

/** What is rehearsed. */
export interface RehearsedAcceptance {
  readonly mechanisms: readonly Mechanism[];
  readonly assumptions: Partial<Assumptions>;
  /** The moments at which a run is interrupted, one run for each; undefined stands for a run that is not. */
  readonly moments: readonly (string | undefined)[];
}

/** How the command is used. */
export const USAGE = `usage: npm run rehearse:acceptance [-- options]
Runs 'npm run acceptance' with the real provider against a cloud on this machine, whose instances are booted nodes.
  --mechanism M         ${MECHANISMS.join(" or ")} (default: both)
  --assume NAME=READING another reading of an assumption, which the report has to contradict; may be repeated
  --interrupt M         sends SIGINT at a moment: ${MOMENTS.map(({ name }) => name).join(", ")}, or all, a run for each
  --help                this text
exit status: 0 passed, or not run since there is no provider; 1 not passed; 2 it cannot start; 130 interrupted`;

/**
 * Reads the command line.
 *
 * @returns undefined where only the usage is asked for
 * @throws UsageError which names the option, shows the value and says what it must be
 */
export function parseRehearsedAcceptance(args: string[]): RehearsedAcceptance | undefined {
  const { mechanism, assume, interrupt, help } = parse(args);
  if (help) return undefined;
  const mechanisms = MECHANISMS.filter((name) => mechanism === undefined || name === mechanism);
  if (mechanisms.length === 0) {
    throw new UsageError(`--mechanism must be one of ${MECHANISMS.join(", ")}, got '${mechanism}'`);
  }
  const names = MOMENTS.map(({ name }) => name);
  if (interrupt !== undefined && interrupt !== "all" && !names.includes(interrupt)) {
    throw new UsageError(`--interrupt must be one of ${names.join(", ")}, all, got '${interrupt}'`);
  }
  return { mechanisms, assumptions: read(assume), moments: interrupt === "all" ? names : [interrupt] };
}

function read(texts: readonly string[]): Partial<Assumptions> {
  try {
    return parseAssumptions(texts);
  } catch (error) {
    throw new UsageError(`--assume: ${(error as Error).message}`);
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        mechanism: { type: "string" },
        assume: { type: "string", multiple: true, default: [] },
        interrupt: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
