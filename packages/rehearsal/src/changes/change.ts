import type { Mechanism } from "pairctl/contract";
import type { OperatedPair } from "../operator/operated-pair.ts";
import { SWITCH_MS } from "../operator/outage-bounds.ts";
import type { Overlay } from "../operator/overlay.ts";
import type { Via } from "../report/run-record.ts";

/** What an operator does, in the words of the table; the first word decides. */
export type Action =
  /** Deploys the stack. */
  | { readonly kind: "deploy"; readonly args?: readonly string[] }
  /** Takes everything down. */
  | { readonly kind: "destroy" }
  /** A command of `pair`. */
  | { readonly kind: "pair"; readonly args: readonly [string, ...string[]] }
  /** Looks at the plan by `pair plan`, and goes no further. */
  | { readonly kind: "check" }
  /** Something in the console, or that just happens. */
  | { readonly kind: "hand"; readonly what: string; readonly take: (pair: OperatedPair) => Promise<void> };

/** How long the client may get no answer through an address, in ms; `ends` where that is what the change is for. */
export type OutageBound = number | "ends";

/** A change of a running pair: a row of the table that is made of the results. */
export interface Change {
  /** By which it is chosen. */
  readonly name: string;
  /** What is changed, for the table. */
  readonly what: string;
  /** @default - rehearsed with both */
  readonly mechanism?: Mechanism;
  /** What the pair has before, beside the settings file. @default - nothing */
  readonly before?: Overlay;
  /** Puts in place what the settings name and the stack does not make. @default - nothing */
  readonly prepare?: (pair: OperatedPair) => void | Promise<void>;
  /** What is changed of the settings. @default - nothing */
  readonly settings?: Overlay;
  /** Makes the plan, as JSON, without a change of anything. @default - Terraform does, in the stack's folder */
  readonly plan?: (pair: OperatedPair, settings: Overlay) => Promise<string>;
  /** What the plan check must say, see {@link planSays}. */
  readonly planSays: string;
  readonly actions: readonly Action[];
  /** What the last action is refused with, before anything is touched. @default - it is carried out */
  readonly refusedWith?: RegExp;
  /** What an operator does instead of what is refused. */
  readonly instead?: string;
  /** @default - no outage; an address that the change brings counts from its first answer on */
  readonly outageBounds?: Readonly<Partial<Record<Via, OutageBound>>>;
  /** What must hold afterwards, beside a pair that is well and an empty plan. @throws where it does not */
  readonly audit?: (pair: OperatedPair) => void | Promise<void>;
  /** Whether the pair keeps the settings for the rows after it, since going back would cost two new nodes. @default false */
  readonly isKept?: boolean;
}

/** One graceful switch, through both addresses. */
export const ONE_SWITCH = { VIP: SWITCH_MS, EIP: SWITCH_MS } as const;

export const DEPLOY: Action = { kind: "deploy" };
export const PUSH: Action = { kind: "pair", args: ["push"] };
export const ROLL: Action = { kind: "pair", args: ["roll"] };
export const ROLL_WITH_NEW_NODES: Action = { kind: "pair", args: ["roll", "--replace"] };

/** What is refused with any plan check that sees what only the state knows. */
export const REFUSED_BY_TERRAFORM = "refused by Terraform";

/** What a plan check says where the deploy leaves running nodes alone. */
export const LEFT_ALONE = "nothing, and leaves the nodes as they are";

/** An action as it is typed. */
export function commandOf(action: Action): string {
  if (action.kind === "deploy") {
    return action.args === undefined ? "cdktf deploy" : `terraform apply ${action.args.join(" ")}`;
  }
  if (action.kind === "destroy") return "cdktf destroy";
  if (action.kind === "check") return "pair plan";
  return action.kind === "pair" ? `pair ${action.args.join(" ")}` : action.what;
}
