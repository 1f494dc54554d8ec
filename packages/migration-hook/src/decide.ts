import type { Verdict } from "./receipt.ts";
import type { Settings } from "./settings.ts";

/**
 * Who has the address, in the eyes of the cloud: this node, its `peer`, the peer's interface while no instance has it
 * (`gone`), the `parked` one of the pair, `none`, one that is not of the pair (`foreign`), or nobody yet (`moving`: a
 * task of the cloud is at work). Where the cloud could not be asked, nothing is decided.
 */
export type Holder = "mine" | "peer" | "gone" | "parked" | "none" | "foreign" | "moving";

/** What to do: `keep` sees to the EIP, `hand` gives the address to the peer; a verdict ends the run. */
export type Step = "keep" | "take" | "hand" | "wait" | Extract<Verdict, "idle" | "left" | "refused">;

/** What the decision rests on. */
export interface Facts {
  readonly holder: Holder;
  /** Whether this node is MASTER. */
  readonly master: boolean;
  /** Whether it has become MASTER, and the address has not been here since. */
  readonly promoted: boolean;
  /** Whether it has handed the address over once since it was MASTER. */
  readonly handed: boolean;
}

/** The whole protocol: docs/protocol.md argues why it converges. */
export function decide(
  { holder, master, promoted, handed }: Facts,
  { allowForeign, peerPriority, priority }: Pick<Settings, "allowForeign" | "peerPriority" | "priority">,
): Step {
  if (!master) return holder === "mine" && !handed ? "hand" : "idle";
  if (holder === "mine") return "keep";
  if (holder === "moving") return "wait";
  if (holder === "peer") return promoted || priority > peerPriority ? "take" : "left";
  if (holder === "foreign") return allowForeign ? "take" : "refused";
  return "take";
}
