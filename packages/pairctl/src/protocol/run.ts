import { problem } from "../cloud/problem.ts";
import { type Answer, type VpcApi, vpcApi } from "../cloud/vpc-api.ts";
import { type Action, isStronger, type Settings, type VirtualIpSettings, type VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { type AddressDecision, type AddressMemory, decideAddress, NO_ADDRESS_MEMORY } from "./decision/index.ts";
import type { Observation, Outcome } from "./outcome.ts";
import { look as lookAt, type Session } from "./session.ts";
import { type Notification, promotionOf } from "./vrrp.ts";

/** What a run may do: move the address, only say what it would do, or only look. */
export type Purpose = "settle" | "plan" | "look";

/**
 * One run for one address, with all that its steps need. Each step names the keys of the settings that it reads: from
 * that, settings-in-use.ts finds keys that nothing reads.
 */
export interface Run<Key extends keyof Settings = never> {
  readonly host: Host;
  readonly session: Session;
  readonly settings: Pick<Settings, Key>;
  /** The address that the run is for. */
  readonly address: VirtualIpSettings;
  readonly purpose: Purpose;
  /** By the host's clock. */
  readonly deadline: number;
  readonly api: VpcApi;
  readonly outcome: Outcome;
  /** How often the session's signal was raised when the run began. */
  readonly raised: number;
  /** keepalived's state at the last look. */
  vrrp: VrrpState;
  /** Since when, by the host's clock, as far as this program has seen. */
  since: number;
  /** keepalived's last notification at the last look. */
  notification: Notification;
  /** When the decision changes though nothing else does, by the host's clock. */
  dueAt?: number | undefined;
  /** Whether this run has begun to hand the address over. */
  hasHandedOver?: boolean;
  /** The last task of the cloud that this run has begun for the address. */
  task?: Task | undefined;
  /** When this run first asked the cloud to bind the EIP, by the host's clock. */
  eipAskedAt?: number;
  /** When this run last announced the address. */
  announcedAt?: number;
}

/** A task of the cloud that moves an address. */
interface Task {
  /** The network interface that had the address when it began; undefined where none had it. */
  readonly movedFrom: string | undefined;
  /** By the host's clock. */
  readonly begunAt: number;
  /**
   * Where the cloud has shown the address since: only on the interface that it was to leave (`there`), while it moved, or on
   * another one as well, or on none (`elsewhere`); not set where it has shown neither yet. One that is there, and moves no
   * more, was not moved: the task has failed. A call that was refused counts as a task that has.
   */
  seen?: "there" | "elsewhere";
}

/** The keys of the settings that a step reads. */
export type KeysReadBy<Step> = Step extends (run: Run<infer Key>, ...rest: never[]) => unknown ? Key : never;

/** Begins a run. */
export function begin(session: Session, address: VirtualIpSettings, purpose: Purpose): Run<keyof Settings> {
  const { host, settings } = session;
  const deadline = host.clock() + settings.deadlineMs;
  const { vip } = address;
  const api = vpcApi(host, settings, session.link);
  const { notification, since, state: vrrp } = lookAt(session, vip);
  return {
    host,
    session,
    settings,
    address,
    purpose,
    deadline,
    api,
    raised: session.signal.raised,
    outcome: { vip, vrrp, calls: api.calls, verdict: "failed" },
    vrrp,
    since,
    notification,
  };
}

/** Decides what to do about what was seen. The caller remembers the decision's memory when it does that. */
export function decideForRun(
  run: Run<"advertInt" | "allowForeign" | "mechanism" | "peerPriority" | "priority">,
  seen: Observation,
): AddressDecision {
  const { address, host, settings } = run;
  const node = {
    now: host.clock(),
    vrrp: run.vrrp,
    since: run.since,
    promotion: promotionOf(run.notification),
    isStronger: isStronger(settings),
    word: run.session.word,
    adverts: run.session.adverts,
  };
  const hasEip = address.eipId === undefined || seen.hasEip;
  const facts = { holder: seen.holder, hasEip, memory: memoryOf(run) };
  const decision = decideAddress(node, facts, settings);
  run.dueAt = decision.until;
  return decision;
}

/** What is remembered of the run's address. */
function memoryOf({ address, session }: Run): AddressMemory {
  return session.memory.addresses.get(address.vip) || NO_ADDRESS_MEMORY;
}

/** A node that is not MASTER forgets its attempts, also where the cloud does not answer: the next promotion is new. */
export function forgetPromotion(run: Run): void {
  if (run.vrrp !== "MASTER") remember(run, { ...memoryOf(run), attempts: 0 });
}

/** Changes what is remembered of the run's address. */
export function remember({ address, session }: Run, memory: AddressMemory): void {
  session.memory.addresses.set(address.vip, memory);
}

/** Looks at VRRP again. */
export function look(run: Run): void {
  const { notification, since, state } = lookAt(run.session, run.address.vip);
  run.vrrp = state;
  run.since = since;
  run.notification = notification;
  run.outcome.vrrp = state;
}

/** @throws {Problem} `VRRP` if keepalived's state has changed since the last observation */
export function requireSameState(run: Run): void {
  const { vrrp } = run;
  look(run);
  if (run.vrrp !== vrrp) throw problem("VRRP", `keepalived was ${vrrp} and is ${run.vrrp}`);
}

/**
 * A call that changes something; a run that only plans says what it would call.
 *
 * @returns what the cloud answered; undefined if it was not called
 * @throws {Problem} as {@link requireSameState}, or what goes wrong with the call
 */
export async function write(run: Run, action: Action, payload: object): Promise<Answer | undefined> {
  requireSameState(run);
  if (run.purpose === "settle") return run.api.call(action, payload);
  run.outcome.message = `would call ${action} ${JSON.stringify(payload)}`;
  return undefined;
}

/** Waits, until the deadline at most. @param awaited what for: the run's message where it ends now */
export async function pause(
  { deadline, host, outcome }: Run,
  awaited: string | undefined,
  ms = 100,
): Promise<undefined> {
  outcome.message = awaited;
  await host.sleep(Math.min(ms, deadline - host.clock()));
}
