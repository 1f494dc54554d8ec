import { problem } from "../cloud/problem.ts";
import { type Answer, type VpcApi, vpcApi } from "../cloud/vpc-api.ts";
import type { Action, Settings, VirtualIpSettings, VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { type Memory, noteMemory, recallMemory } from "./memory.ts";
import type { Outcome } from "./outcome.ts";
import { lookAtVrrp, type Notification } from "./vrrp.ts";

/** What a run is for: to settle the address, to say what it would do about it, or only to look. */
export type Purpose = "settle" | "plan" | "look";

/**
 * One run for one address: all that its steps need, side by side. Each step says which keys of the settings it reads, so
 * that settings-in-use.ts knows of one that nothing reads.
 */
export interface Run<Key extends keyof Settings = never> {
  readonly host: Host;
  readonly settings: Pick<Settings, Key>;
  /** The address that the run is about. */
  readonly address: VirtualIpSettings;
  readonly purpose: Purpose;
  /** By the host's clock. */
  readonly deadline: number;
  readonly api: VpcApi;
  readonly outcome: Outcome;
  /** What keepalived is, as the present look sees it. */
  vrrp: VrrpState;
  /** Since when that is so, by the host's clock, as far as this run has seen. */
  since: number;
  /** keepalived's last notification, as the present look sees it. */
  notification: Notification | undefined;
  /** What the node remembers of the address. */
  memory: Memory;
  /** Why the memory could not be written down, if it could not. */
  memoryTrouble: string | undefined;
  /** Whether this run has handed the address over. */
  hasHandedOver: boolean;
}

/** The keys of the settings that a step reads. */
export type KeysReadBy<Step> = Step extends (run: Run<infer Key>, ...rest: never[]) => unknown ? Key : never;

/** Begins a run. @param deadline by the host's clock */
export function begin(
  host: Host,
  settings: Settings,
  address: VirtualIpSettings,
  purpose: Purpose,
  deadline: number,
): Run<keyof Settings> {
  const { vip } = address;
  const api = vpcApi(host, settings, deadline);
  const { state: vrrp, notification } = lookAtVrrp(host, vip);
  return {
    host,
    settings,
    address,
    purpose,
    deadline,
    api,
    outcome: { vip, vrrp, calls: api.calls, verdict: "failed" },
    vrrp,
    since: host.clock(),
    notification,
    memory: recallMemory(host, vip),
    memoryTrouble: undefined,
    hasHandedOver: false,
  };
}

/** Changes the memory. That it cannot be written is no reason to stop: the receipt says so. */
export function remember(run: Run, memory: Memory): undefined {
  const isKept = run.memoryTrouble === undefined && JSON.stringify(memory) === JSON.stringify(run.memory);
  run.memory = memory;
  if (run.purpose === "settle" && !isKept) run.memoryTrouble = noteMemory(run.host, run.address.vip, memory);
}

/** Looks at VRRP anew. */
export function look(run: Run): void {
  const { state, notification } = lookAtVrrp(run.host, run.address.vip);
  if (state !== run.vrrp) run.since = run.host.clock();
  run.vrrp = state;
  run.notification = notification;
  run.outcome.vrrp = state;
}

/** @throws {Problem} `VRRP` where keepalived's state has changed since the run looked */
export function requireSameState(run: Run): void {
  const { vrrp } = run;
  look(run);
  if (run.vrrp !== vrrp) throw problem("VRRP", `keepalived was ${vrrp} and is ${run.vrrp}`);
}

/**
 * A call that changes something, unless the run is to say only what it would call.
 *
 * @returns what the cloud answered; undefined where it was not asked
 * @throws {Problem} as {@link requireSameState}, or what goes wrong with the call
 */
export async function write(run: Run, action: Action, payload: object): Promise<Answer | undefined> {
  requireSameState(run);
  if (run.purpose === "settle") return run.api.call(action, payload);
  run.outcome.message = `would call ${action} ${JSON.stringify(payload)}`;
  return undefined;
}

/** Waits for something, and says so where that is the end of the run. */
export async function pause(
  { deadline, host, outcome }: Run,
  awaited: string | undefined,
  ms = 100,
): Promise<undefined> {
  outcome.message = awaited;
  await host.sleep(Math.min(ms, deadline - host.clock()));
}
