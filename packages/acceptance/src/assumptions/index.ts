import type { Observations } from "../measure/observations.ts";
import type { Claim, Judgement } from "./claim.ts";
import { OTHERS } from "./others.ts";
import { SWITCHED } from "./switched.ts";

/** Every assumption of docs/assumptions.md, in its order. */
export const CLAIMS: readonly Claim[] = [...SWITCHED, ...OTHERS];

/** An assumption, and what a run has to say of it. */
export interface JudgedClaim extends Judgement {
  readonly name: string;
  readonly believed: string;
}

/** What a run has to say of each assumption. */
export function judgeAll(seen: Observations): JudgedClaim[] {
  return CLAIMS.map(({ name, believed, judge }) => ({ name, believed, ...judge(seen) }));
}
