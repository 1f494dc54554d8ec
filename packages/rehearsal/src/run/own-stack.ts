import type { Mechanism } from "pairctl/contract";
import type { Fault } from "../faults/fault.ts";
import { StackError } from "../stack/stack-error.ts";
import type { StackModel } from "../stack/stack.ts";

/** What is rehearsed of a pair that is read and not made: its settings are what they are. */
export interface OwnStackPlan {
  readonly faults: readonly Fault[];
  readonly mechanisms: readonly Mechanism[];
  /** What is left out and why, one line each. */
  readonly leftOut: readonly string[];
}

/**
 * Plans what can be rehearsed of a pair of the user's own.
 *
 * @param mechanisms those that were asked for
 * @throws StackError where nothing is left of it
 */
export function planOwnStack(
  { mechanism }: Pick<StackModel, "mechanism">,
  faults: readonly Fault[],
  mechanisms: readonly Mechanism[],
): OwnStackPlan {
  if (!mechanisms.includes(mechanism)) {
    throw new StackError(
      `--mechanism must be that of the pair, ${mechanism}, got '${mechanisms.join(", ")}': leave it out`,
    );
  }
  const possible = faults.filter(({ settings }) => settings === undefined);
  const others = faults.filter((fault) => !possible.includes(fault)).map(({ name }) => name);
  if (possible.length === 0) {
    throw new StackError(
      `--fault must name a fault that needs no settings of its own, since --stack has the pair's, got '${others.join(",")}'`,
    );
  }
  const leftOut =
    others.length === 0 ? [] : [`left out, since they need a pair with settings of their own: ${others.join(", ")}`];
  return { faults: possible, mechanisms: [mechanism], leftOut };
}
