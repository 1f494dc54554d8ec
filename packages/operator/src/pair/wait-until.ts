import type { Clock } from "../cli/clock.ts";
import type { Terminal } from "../cli/terminal.ts";
import { OperatorError } from "../operator-error.ts";
import { observe, type Reach } from "./observe.ts";
import type { PairView } from "./pair-view.ts";

/** How often a pair is looked at, in ms. */
const LOOK_MS = 500;

/** What a command waits with. */
export interface WaitContext {
  readonly reach: Reach;
  readonly terminal: Terminal;
  readonly interruption: AbortSignal;
  readonly clock: Clock;
}

/** What is waited for. */
export interface Awaited {
  /** In words, such as `the secondary serves`. */
  readonly what: string;
  /** Why it is not so yet; undefined where it is. */
  readonly missing: (view: PairView) => string | undefined;
  /** For how many seconds. */
  readonly limitS: number;
}

/**
 * Looks at a pair until something is so, and says what is missing where that changes.
 *
 * @throws OperatorError `stopped` where it does not become so, `interrupted`
 */
export async function waitUntil(
  { reach, terminal, interruption, clock }: WaitContext,
  { what, missing, limitS }: Awaited,
): Promise<PairView> {
  const deadline = clock.now() + limitS * 1_000;
  let said: string | undefined;
  for (;;) {
    requireUninterrupted(interruption, `while waiting until ${what}`);
    const view = await observe(reach);
    const problem = missing(view);
    if (problem === undefined) return view;
    if (problem !== said) terminal.progress(`waiting until ${what}: ${problem}`);
    said = problem;
    if (clock.now() > deadline) {
      throw new OperatorError(
        "stopped",
        `waited ${limitS} s until ${what}, and ${problem}: see 'pair status' and 'pair doctor'`,
      );
    }
    await clock.sleep(LOOK_MS);
  }
}

/** @throws OperatorError `interrupted` where the operator has had enough */
export function requireUninterrupted(interruption: AbortSignal, where: string): void {
  if (interruption.aborted) throw new OperatorError("interrupted", `interrupted ${where}: run it again to go on`);
}
