import type { Mechanism } from "pairctl/contract";
import type { Lab } from "../lab/lab.ts";
import type { StackModel } from "../stack/stack.ts";
import type { ViolationRecord } from "../report/run-record.ts";
import type { Change } from "./change.ts";

/** What a variant breaks: a part of the product, or of the rehearsal itself. */
export type Part = "pairctl" | "notify" | "keepalived.conf" | "units" | "setup" | "cloud" | "fabric" | "audit";

/** A pair, or a world around it, that is broken on purpose: the rehearsal must notice. */
export interface Variant {
  /** Lower case, hyphens: what the command line calls it. */
  readonly name: string;
  readonly part: Part;
  /** What is broken, as a clause. */
  readonly breaks: string;
  /** With which mechanism it is tried. */
  readonly mechanism: Mechanism;
  readonly changes: readonly Change[];
  /** The fault whose run must show it. */
  readonly fault: string;
  /** What that run must find. */
  readonly shows: {
    /** The name of the check that must be violated. */
    readonly check: string;
    /** What its violation must say. */
    readonly text: RegExp;
  };
  /** Whether it is among the few that are tried by `--fast`. @default false */
  readonly isFast?: boolean;
}

type Broken = Pick<Variant, "changes">;

/** The stack as a variant has it deployed, or as it is without one. @throws ChangeError where a change changes nothing */
export async function brokenStack(variant: Broken | undefined, stack: StackModel): Promise<StackModel> {
  let broken = stack;
  for (const { stack: change } of variant?.changes ?? []) if (change !== undefined) broken = await change(broken);
  return broken;
}

/** The check of a run that a change of the lab has made a difference. */
export const EFFECT_CHECK = "what is broken makes a difference";

/** What a variant has done to a lab. */
export interface Breakage {
  /** What the lab is to do otherwise and has not had to do so far. */
  readonly problems: () => ViolationRecord[];
}

/** Breaks a lab as a variant has it; without one it stays as it is. */
export function breakLab(variant: Broken | undefined, lab: Lab): Breakage {
  const withoutEffect = new Set<string>();
  for (const { where, lab: change } of variant?.changes ?? []) {
    if (change === undefined) continue;
    withoutEffect.add(where);
    change(lab, () => withoutEffect.delete(where));
  }
  return {
    problems: () => [...withoutEffect].map((where) => ({ check: EFFECT_CHECK, text: `${where} was not needed` })),
  };
}
