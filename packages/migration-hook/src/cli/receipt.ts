import type { CallRecord } from "../cloud/vpc-api.ts";

/**
 * How a run ended. `holds`: the address was here and all is well. `moved`: it was elsewhere or nowhere (see
 * `holderBefore`) and is here now. `idle`: this node is not MASTER, or only looked. `handed`: it is not MASTER, and has
 * given the address to the peer. `left`: both nodes are MASTER, and the peer's priority is higher. `unverified`: a HAVIP,
 * and no role to ask the cloud with. `planned`: a dry run, `message` says what would be called. `refused`: a network
 * interface that is not the pair's has it. `failed`: see `message`.
 */
export type Verdict = "holds" | "moved" | "idle" | "handed" | "left" | "unverified" | "planned" | "refused" | "failed";

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
  eip?: string | undefined;
  /** Every call of the API. */
  calls?: readonly CallRecord[];
  /** How much the cloud's clock is ahead of the node's, where it has told. */
  skewMs?: number;
  verdict: Verdict;
  message?: string | undefined;
}

/** The one line of JSON that a run leaves behind. */
export interface Receipt extends Outcome {
  /** When the run began, ISO 8601. */
  readonly time: string;
  /** What woke it: a state that keepalived notified, or `timer`. */
  readonly trigger: string;
  /** Whether this node is MASTER and has the address, or neither. */
  readonly agree: boolean;
  /** The exit status that says the same as the verdict. */
  readonly status: number;
  /** How often keepalived has notified MASTER since its log was rotated. */
  readonly promotions: number;
  /** Milliseconds from beginning to end. */
  readonly ms: number;
  /** The hook's version and hash. */
  readonly version: string;
}

/** Whether VRRP and the cloud agree, as far as the cloud could be asked. */
export function agrees({ vrrp, holderAfter, verdict }: Outcome): boolean {
  return verdict === "unverified" || (verdict !== "failed" && (vrrp === "MASTER") === (holderAfter === "mine"));
}

/** The exit status that says the same as the verdict. */
export function exitStatus(verdict: Verdict): number {
  return +/failed|refused/.test(verdict);
}
