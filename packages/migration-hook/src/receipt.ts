import type { CallRecord } from "./vpc-api.ts";

/**
 * How a run ended. `holds`: the address was here and all is well. `moved`: it was elsewhere or nowhere (see
 * `holderBefore`) and is here now. `idle`: this node
 * is not MASTER. `left`: both nodes are MASTER, and the peer's priority is higher.
 * `unverified`: a HAVIP, and no role to ask the cloud with. `refused`: a network interface that is not the pair's has it.
 * `failed`: see `message`.
 */
export type Verdict = "holds" | "moved" | "idle" | "left" | "unverified" | "refused" | "failed";

/** What a run found and did. */
export interface Outcome {
  /** The address. */
  vip?: string;
  /** What VRRP says of this node: MASTER is a live keepalived with the VIP on an interface. */
  vrrp?: "MASTER" | "not MASTER";
  /** Who had the address before, in the eyes of the cloud. */
  holderBefore?: string;
  /** Who has it now. */
  holderAfter?: string;
  /** The EIP that is bound to the address now: its id, or with a HAVIP the address itself. */
  eip?: string;
  /** Every call of the API. */
  calls?: readonly CallRecord[];
  verdict: Verdict;
  message?: string;
}

/** The one line of JSON that a run leaves behind. */
export interface Receipt extends Outcome {
  /** When the run began, ISO 8601. */
  readonly time: string;
  /** What woke it: a state that keepalived notified, or `timer`. */
  readonly trigger: string;
  /** Milliseconds from beginning to end. */
  readonly ms: number;
  /** The hook's version and hash. */
  readonly version: string;
}

/** The exit status that says the same as the verdict: 0 done or nothing to do, 1 failed, 3 refused. */
export function exitStatus(verdict: Verdict): number {
  return { failed: 1, refused: 3 }[verdict as string] || 0;
}

/** Whether a promotion is fulfilled by a run that ended so; otherwise the next run takes it up again. */
export function isDone({ verdict }: Outcome): boolean {
  return /^(holds|moved|left|unv)/.test(verdict);
}
