import type { PeerWord, VrrpFacts } from "./decision/index.ts";
import { apiLink, type ApiLink } from "../cloud/vpc-api.ts";
import type { Settings, VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import type { Memory } from "./memory.ts";
import { lookAtVrrp, type Notification } from "./vrrp.ts";
import { wakeSignal, type WakeSignal } from "./wake-signal.ts";

/** keepalived's state, with regard to one address. */
export interface VrrpView {
  readonly state: VrrpState;
  /** Since when, by the host's clock, as far as this program has seen. */
  readonly since: number;
  readonly notification: Notification;
}

/** What the program keeps from run to run. */
export interface Session {
  readonly host: Host;
  readonly settings: Settings;
  /** What earlier calls of the API have shown. */
  readonly link: ApiLink;
  /** keepalived's state at the last look, by address. */
  readonly views: Map<string, VrrpView>;
  /** The peer's last word, if it has said one. */
  word?: PeerWord;
  /** See {@link VrrpFacts.adverts}. */
  adverts?: VrrpFacts["adverts"];
  /** Is raised where keepalived has changed, here or, by its word, the peer's. */
  readonly signal: WakeSignal;
  /** This node's network interface, once it was looked up: it stays the same, and is looked up again after an error. */
  ownInterface?: { readonly NetworkInterfaceId: string; readonly SubnetId: string } | undefined;
  readonly memory: Memory;
}

/** Begins a session that has seen nothing yet. */
export function beginSession(host: Host, settings: Settings, memory: Memory): Session {
  return {
    host,
    settings,
    link: apiLink(host, settings),
    views: new Map(),
    signal: wakeSignal(host),
    memory,
  };
}

/** Determines keepalived's present state. Where that is another one than before, or was notified again, all waits end. */
export function look(session: Session, vip: string): VrrpView {
  const { host, views } = session;
  const { state, notification } = lookAtVrrp(host, vip);
  const before = views.get(vip);
  const isSame = before?.state === state;
  const view = { state, since: isSame ? before.since : host.clock(), notification };
  views.set(vip, view);
  if (!isSame || before.notification.line !== notification.line) session.signal.raise();
  return view;
}
