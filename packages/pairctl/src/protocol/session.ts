import { apiLink, type ApiLink } from "../cloud/vpc-api.ts";
import type { Settings, VrrpState } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import type { Memory } from "./memory.ts";
import { lookAtVrrp, type Notification } from "./vrrp.ts";

/** What keepalived is, with regard to one address. */
export interface VrrpView {
  readonly state: VrrpState;
  /** Since when that is so, by the host's clock, as far as this program has seen. */
  readonly since: number;
  readonly notification: Notification | undefined;
}

/** What the program knows of its node from run to run. */
export interface Session {
  readonly host: Host;
  readonly settings: Settings;
  /** What the calls of the API have taught. */
  readonly link: ApiLink;
  /** What keepalived was at the last look, by address. */
  readonly views: Map<string, VrrpView>;
  /** How often something has happened: a run that began before is made again. */
  news: number;
  readonly memory: Memory;
}

export function beginSession(host: Host, settings: Settings, memory: Memory): Session {
  return {
    host,
    settings,
    link: apiLink(),
    views: new Map(),
    news: 0,
    memory,
  };
}

/** Looks what keepalived is at this moment. */
export function look({ host, views }: Session, vip: string): VrrpView {
  const { state, notification } = lookAtVrrp(host, vip);
  const before = views.get(vip);
  const since = before?.state === state ? before.since : host.clock();
  const view = { state, since, notification };
  views.set(vip, view);
  return view;
}
