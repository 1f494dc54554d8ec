import { problem } from "../cloud/problem.ts";
import { type Answer, type VpcApi, vpcApi } from "../cloud/vpc-api.ts";
import { type Action, isStronger, type Settings, type VirtualIpSettings, type VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { type AddressDecision, type AddressMemory, decideAddress, NO_ADDRESS_MEMORY } from "./decision/index.ts";
import type { Observation, Outcome } from "./outcome.ts";
import { look as lookAt, type Session } from "./session.ts";
import { type Notification, promotionOf } from "./vrrp.ts";

/** What a run is for: to settle the address, to say what it would do about it, or only to look. */
export type Purpose = "settle" | "plan" | "look";

/**
 * One run for one address: all that its steps need, side by side. Each step says which keys of the settings it reads, so
 * that settings-in-use.ts knows of one that nothing reads.
 */
export interface Run<Key extends keyof Settings = never> {
  readonly host: Host;
  readonly session: Session;
  readonly settings: Pick<Settings, Key>;
  /** The address that the run is about. */
  readonly address: VirtualIpSettings;
  readonly purpose: Purpose;
  /** By the host's clock. */
  readonly deadline: number;
  readonly api: VpcApi;
  readonly outcome: Outcome;
  /** What {@link Session.news} was when it began. */
  readonly news: number;
  /** What keepalived is, as the present look sees it. */
  vrrp: VrrpState;
  /** Since when that is so, by the host's clock, as far as this program has seen. */
  since: number;
  /** keepalived's last notification, as the present look sees it. */
  notification: Notification | undefined;
  /** When time alone may change the decision, by the host's clock. */
  dueAt: number | undefined;
  /** Whether this run has handed the address over. */
  hasHandedOver: boolean;
  /** When this run last announced the address. */
  announcedAt: number;
}

/** The keys of the settings that a step reads. */
export type KeysReadBy<Step> = Step extends (run: Run<infer Key>, ...rest: never[]) => unknown ? Key : never;

/** Begins a run. */
export function begin(session: Session, address: VirtualIpSettings, purpose: Purpose): Run<keyof Settings> {
  const { host, settings } = session;
  const deadline = host.clock() + settings.deadlineMs;
  const { vip } = address;
  const api = vpcApi(host, settings, deadline, session.link);
  const { notification, since, state: vrrp } = lookAt(session, vip);
  return {
    host,
    session,
    settings,
    address,
    purpose,
    deadline,
    api,
    news: session.news,
    outcome: { vip, vrrp, calls: api.calls, verdict: "failed" },
    vrrp,
    since,
    notification,
    dueAt: undefined,
    hasHandedOver: false,
    announcedAt: 0,
  };
}

/** Decides what to do about what was seen. The memory is changed by whoever does it. */
export function decide(
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
    // Nodes exchange no words yet, and nothing listens for adverts.
    word: undefined,
    adverts: undefined,
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

/** Who is not MASTER has no promotion: the next one is new, also where the cloud does not answer now. */
export function forgetPromotion(run: Run): void {
  if (run.vrrp !== "MASTER") remember(run, { ...memoryOf(run), attempts: 0 });
}

/** Changes what is remembered of the run's address. */
export function remember({ address, session }: Run, memory: AddressMemory): void {
  session.memory.addresses.set(address.vip, memory);
}

/** Looks at VRRP anew. */
export function look(run: Run): void {
  const { notification, since, state } = lookAt(run.session, run.address.vip);
  run.vrrp = state;
  run.since = since;
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
