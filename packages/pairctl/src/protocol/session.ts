import type { PeerWord, VrrpFacts } from "./decision/index.ts";
import { apiLink, type ApiLink } from "../cloud/vpc-api.ts";
import type { Settings, VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import type { Memory } from "./memory.ts";
import { lookAtVrrp, type Notification } from "./vrrp.ts";

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
  /** How often keepalived has changed: where it has since a run began, the next run follows at once. */
  changes: number;
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
    changes: 0,
    memory,
  };
}

/** Determines keepalived's present state. */
export function look({ host, views }: Session, vip: string): VrrpView {
  const { state, notification } = lookAtVrrp(host, vip);
  const before = views.get(vip);
  const since = before?.state === state ? before.since : host.clock();
  const view = { state, since, notification };
  views.set(vip, view);
  return view;
}
