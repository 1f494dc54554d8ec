import type { Agreement, VrrpState } from "../contract/index.ts";
import type { CallRecord } from "../cloud/vpc-api.ts";
import type { Holder } from "./decision/index.ts";

/**
 * How a run ended. `holds`: the address was here. `moved`: it was elsewhere or nowhere (see `holderBefore`) and is here
 * now. `idle`: there was nothing to do, or the run only looked. `handed`: this node is not MASTER, and has given the
 * address to the peer. `left`: both nodes are MASTER, and the peer's priority is higher. `unverified`: a HAVIP, and no
 * role to ask the cloud with. `planned`: a dry run, `message` says what would be called. `refused`: an interface
 * that is not the pair's has it. `failed`: see `message`.
 */
export type Verdict = "holds" | "moved" | "idle" | "handed" | "left" | "unverified" | "planned" | "refused" | "failed";

/** What a mechanism sees of an address. */
export interface Observation {
  readonly holder: Holder;
  /** The interface that has the address, or with a HAVIP the instance; undefined where none has it. */
  readonly holderId: string | undefined;
  /** The EIP that is bound to the address, where one is: its id, or with a HAVIP its address. */
  readonly eip: string | undefined;
  /** Whether that is the right EIP. */
  readonly hasEip: boolean;
}

/** What a run found and did. */
export interface Outcome {
  /** The address. */
  readonly vip?: string;
  /** keepalived's state on this node. */
  vrrp?: VrrpState;
  /** Who had the address at the first observation. */
  holderBefore?: Holder;
  /** Who has it now; `unknown` after an error. */
  holderAfter?: Holder;
  /** See {@link Observation.eip}. */
  eip?: string | undefined;
  /** What the peer says that it is; undefined where it has said nothing, or not lately. */
  peer?: VrrpState | undefined;
  /** Whether keepalived is held in FAULT, so that the peer is the only MASTER of two that do not hear each other. */
  yields?: boolean | undefined;
  /** Every call of the API. */
  calls?: readonly CallRecord[];
  /** How far the cloud's clock is ahead of the node's in ms, where an answer has shown it. */
  skewMs?: number | undefined;
  /** When the credentials expire, in seconds since the epoch by the cloud's clock. */
  credentialsExpiry?: number | undefined;
  verdict: Verdict;
  /** What is wrong, or what a dry run would do. */
  message?: string | undefined;
  /** What is wrong with the address although the right node has it: no EIP, or another node announces it, too. */
  objection?: string | undefined;
}

/**
 * Whether the pair serves, as far as this node can tell: a MASTER that has the address, or a BACKUP whose peer has it.
 * A node that is neither hears no adverts, and so does not know whether the peer serves.
 */
export function agreement({ vrrp, holderAfter, objection, verdict }: Outcome): Agreement {
  if (holderAfter === undefined || holderAfter === "unknown" || holderAfter === "moving") return "unknown";
  if (verdict === "failed" || verdict === "refused" || objection !== undefined) return "no";
  if (vrrp === "MASTER") return holderAfter === "mine" ? "yes" : "no";
  if (holderAfter !== "peer") return "no";
  return vrrp === "BACKUP" ? "yes" : "unknown";
}
