import type { Action } from "./contract/index.ts";
import type { Host } from "./host.ts";
import { problem } from "./problem.ts";
import type { Outcome } from "./receipt.ts";
import type { Settings } from "./settings.ts";
import { type Answer, type Call, vpcApi } from "./vpc-api.ts";
import { note, recall } from "./state.ts";

/** What a run is for: to settle the address, to say what it would do about it, or only to look. */
export type Purpose = "settle" | "plan" | "look";

/** One run for one address: all that its steps need, side by side. */
export interface Run extends Settings {
  readonly host: Host;
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  /** By the host's clock. */
  readonly deadline: number;
  readonly call: Call;
  /** Whether the node is MASTER, as the present look sees it: a keepalived is alive, and the VIP is on an interface. */
  master: boolean;
  /** Since when that is so, by the host's clock, as far as this run has seen. */
  since: number;
  /**
   * What the node remembers of the address. `MASTER…`: it has been here since this node is MASTER, with the wish that
   * was fulfilled so, where there was one. `1234`: this node is not MASTER, and the address is here all the same, since
   * then by the host's clock. `handed`: it is not MASTER, and has handed the address over.
   */
  memory: string;
}

/** Begins a run. */
export function begin(host: Host, settings: Settings, purpose: Purpose): Run {
  const { deadlineMs, vip } = settings;
  const outcome: Outcome = { vip, verdict: "failed" };
  const deadline = host.clock() + deadlineMs;
  const memory = recall(host, vip);
  const call = vpcApi(host, settings, deadline, outcome);
  return { ...settings, host, purpose, outcome, deadline, call, memory, master: false, since: host.clock() };
}

/** Changes the memory. That it cannot be written is no reason to stop, but to say so. */
export function remember(run: Run, text: string): undefined {
  run.memory = text;
  if (run.purpose === "settle") run.outcome.message = note(run.host, run.vip, text);
}

/**
 * Looks at VRRP anew. The VIP alone lies, since a killed keepalived leaves it behind.
 *
 * @returns whether the node is BACKUP, and so hears a MASTER or soon is MASTER itself: a live keepalived without the VIP
 *   that has not said that it is ill or stops
 */
export function look(run: Run): boolean {
  const { host, vip } = run;
  const isAlive = host.isRunning("keepalived");
  const hasVip = host.hasAddress(vip);
  const master = isAlive && hasVip;
  if (master !== run.master) run.since = host.clock();
  run.master = master;
  run.outcome.vrrp = master ? "MASTER" : "not MASTER";
  return isAlive && !hasVip && !/^(FAULT|STOP)/.test(recall(host, "wish"));
}

/** @throws {Problem} `VRRP` where the node has become MASTER, or is not any more, since the run looked */
export function requireSame(run: Run): void {
  const { master } = run;
  look(run);
  if (run.master !== master) throw problem("VRRP", "VRRP has changed");
}

/** A call that changes something. @throws {Problem} as {@link requireSame} */
export function write(run: Run, action: Action, payload: object): Promise<Answer> {
  requireSame(run);
  if (run.purpose === "plan") {
    run.outcome.verdict = "planned";
    throw problem("Settings", `would call ${action} ${JSON.stringify(payload)}`);
  }
  return run.call(action, payload);
}

/** Waits for something, and says so where that is the end of the run. */
export async function pause({ deadline, host, outcome }: Run, awaited: string, ms = 100): Promise<undefined> {
  outcome.message = awaited;
  await host.sleep(Math.min(ms, deadline - host.clock()));
}
