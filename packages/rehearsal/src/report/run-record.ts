import type { Assumptions } from "local-cloud";
import type { Mechanism } from "pairctl/contract";

// The document that a rehearsal leaves behind: plain JSON, from which every report is drawn. Times are ms since the epoch.

/**
 * The way to the service: the private virtual address, or the public one. Where a pair has several, the first ones are
 * called so, and the others by the virtual address: `VIP 10.0.1.101`, `EIP of 10.0.1.101`.
 */
export type Via = "VIP" | "EIP" | `VIP ${string}` | `EIP of ${string}`;

/** A node's role in the pair. */
export type Role = "primary" | "secondary";

/**
 * What a node does in the pair: VRRP's states as keepalived notifies them, `INIT` from the start of keepalived to its first
 * notification, or why there is no VRRP on it.
 */
export type NodeState = "MASTER" | "BACKUP" | "FAULT" | "INIT" | "keepalived stopped" | "powered off";

/** What an event is about. `note`: an explanation by the rehearsal of what is seen. */
export type EventKind =
  | "fault"
  | "healing"
  | "check"
  | "note"
  | "power"
  | "state"
  | "keepalived"
  | "address"
  | "pairctl"
  | "call"
  | "task"
  | "holder"
  | "eip"
  | "fabric"
  | "signal";

/** A call of the cloud's API. */
export interface ApiCall {
  /** Who has signed it: a node, or the account's owner. */
  readonly from: string;
  readonly action: string;
  /** `OK`, the error's code, or what became of the answer. */
  readonly code: string;
  /** From its arrival to its answer, in ms; the event is at its answer. */
  readonly ms: number;
}

/** An asynchronous task of the cloud that starts or ends. */
export interface CloudTask {
  readonly taskId: string;
  readonly action: string;
  readonly status: "RUNNING" | "SUCCESS" | "FAILED";
}

/** What an event says to programs, beside its text; each is there with the events that it is about only. */
export interface EventDetail {
  readonly call?: ApiCall;
  readonly task?: CloudTask;
  /** The state that the node `who` is in from now on. */
  readonly state?: NodeState;
  /** Who has the virtual address in the cloud from now on: a node, an id of somebody else's; null: nobody. */
  readonly holder?: string | null;
}

/** Something that happened. */
export interface TimelineEvent extends EventDetail {
  readonly at: number;
  /** Who did it: a node, the cloud, the fabric, the client, the rehearsal. */
  readonly who: string;
  readonly kind: EventKind;
  readonly what: string;
}

/** A time in which the client's questions through an address were answered by one node, without a gap. */
export interface ServedSpan {
  readonly via: Via;
  readonly node: string;
  readonly from: number;
  readonly to: number;
}

/** How long the service was not to be had through an address. */
export interface OutageRecord {
  readonly via: Via;
  /** In ms; null where it was not to be had to the end. */
  readonly lastedMs: number | null;
  /** How long it may, in ms. */
  readonly boundMs: number;
}

/** A change of what the monitoring of a node shows. */
export interface SignalRecord {
  readonly at: number;
  readonly node: Role;
  /** Whether somebody would be woken. */
  readonly isRed: boolean;
  /** What is shown. */
  readonly shows: string;
}

/** Something that must hold and does not. */
export interface ViolationRecord {
  /** The check's name. */
  readonly check: string;
  readonly text: string;
}

/** One fault with its healing. */
export interface RunRecord {
  readonly fault: string;
  readonly group: string;
  readonly mechanism: Mechanism;
  /** What the nodes ran on: a release of Debian, or the path of a root filesystem. */
  readonly system: string;
  /** Which run of this fault it is, from 1 on. */
  readonly repetition: number;
  /** What the run's random choices were made from. */
  readonly seed: number;
  /** The node that served when the fault began; null where it never did, since the pair did not come up. */
  readonly victim: Role | null;
  /** When the fault began; where the pair did not come up, when it was started. */
  readonly faultAt: number;
  /** When the healing began; null where the run did not come to it. */
  readonly healingAt: number | null;
  /** When the healing was over; null where the run did not come to it. */
  readonly healedAt: number | null;
  /** Since when the pair is well again, for good; null where it is not. */
  readonly convergedAt: number | null;
  /** How long it may take after the healing until the pair is well again, in ms. */
  readonly convergeBoundMs: number;
  /** When the closing failover began, which proves that the standby can take over; null where the run did not come to it. */
  readonly closingAt: number | null;
  readonly endedAt: number;
  readonly outages: readonly OutageRecord[];
  /** Who answered the client when, to the end of the run. */
  readonly served: readonly ServedSpan[];
  readonly signals: readonly SignalRecord[];
  /** In the order of their time; the first ones say how it was when the fault began. */
  readonly events: readonly TimelineEvent[];
  readonly violations: readonly ViolationRecord[];
}

/** What every run of a campaign has in common, beside its seed: where one of these differs, it is another campaign. */
export interface CampaignConditions {
  /** The path of the settings file, or of the stack, and the beginning of its SHA-256 digest. */
  readonly settings: string;
  /** What the nodes boot: a release of Debian, or the path of a root filesystem. */
  readonly system: string;
  readonly mechanisms: readonly Mechanism[];
  /** The faults' names. */
  readonly faults: readonly string[];
  /** How long the pair must be well after each fault, in ms. */
  readonly stableMs: number;
  /** How long an asynchronous task of the cloud takes, in ms. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP, in ms. */
  readonly arpDelayMs: number;
  /** Whether Terraform has deployed the pairs. */
  readonly deploy: boolean;
  /** What was assumed of the cloud where that is not what is believed. */
  readonly assumptions: Partial<Assumptions>;
}

/** One command that has made some of a campaign's runs. */
export interface SessionRecord {
  readonly startedAt: number;
  /** When its last run was over, so far. */
  readonly endedAt: number;
  /** How many labs there were side by side. */
  readonly labs: number;
}

/** The number of the document's format: another one where a reader of the last one would not understand it. */
export const CAMPAIGN_FORMAT = 2;

/** Everything of one campaign, which one command makes, or several where it was resumed. */
export interface CampaignRecord {
  /** Of this document. */
  readonly format: typeof CAMPAIGN_FORMAT;
  /** The product's version, and its commit where it is a checkout. */
  readonly product: string;
  readonly machine: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly seed: number;
  readonly conditions: CampaignConditions;
  /** How often each fault is tried with each mechanism. */
  readonly repetitions: number;
  /** How many runs are planned altogether. */
  readonly planned: number;
  /** The commands that have made it, in order. */
  readonly sessions: readonly SessionRecord[];
  readonly runs: readonly RunRecord[];
  /** What has gone wrong outside of any run. */
  readonly problems: readonly string[];
}

/** Whether everything held that must. */
export const passed = ({ violations }: RunRecord): boolean => violations.length === 0;
