import type { Observations } from "../measure/observations.ts";

/** What a run has to say of an assumption. */
export interface Judgement {
  readonly verdict: "confirmed" | "contradicted" | "not seen";
  /** What was seen, or why nothing was. */
  readonly seen: string;
}

/** One row of docs/assumptions.md. */
export interface Claim {
  /** The local cloud's switch, or a name of the report's own where there is none. */
  readonly name: string;
  /** What is believed, as docs/assumptions.md says it. */
  readonly believed: string;
  readonly judge: (seen: Observations) => Judgement;
}

/** It is as it is believed. */
export const confirmed = (seen: string): Judgement => ({ verdict: "confirmed", seen });

/** It is not as it is believed. */
export const contradicted = (seen: string): Judgement => ({ verdict: "contradicted", seen });

/** The run does not tell. */
export const notSeen = (seen: string): Judgement => ({ verdict: "not seen", seen });

/**
 * Of a call with its code, a refusal for want of a permission. By one code of that name the cloud means an interface that
 * is attached to nothing, as the parking ENI is.
 */
export const REFUSED_BY_CAM = / UnauthorizedOperation(?!\.AttachmentNotFound)/;

/** How many calls of pairctl on both nodes ended so, by `Action code`. */
export function callsOf({ nodes }: Observations): Map<string, number> {
  const calls = new Map<string, number>();
  for (const node of nodes) {
    for (const [call, count] of Object.entries(node.calls)) calls.set(call, (calls.get(call) ?? 0) + count);
  }
  return calls;
}
