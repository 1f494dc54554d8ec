import type { VrrpState } from "../contract/index.ts";
import { recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";

/** keepalived's names of the states that it notifies. MASTER_RX_LOWER_PRI: a MASTER hears a weaker one. */
const NOTIFIED = ["MASTER", "MASTER_RX_LOWER_PRI", "BACKUP", "FAULT", "STOP"] as const;

/** keepalived's last notification, as the notify script writes it down: `MASTER 2026-01-31T03:00:00,5+00:00 …`. */
export interface Notification {
  /** Empty where there is none, or what was written down is none. */
  readonly state: (typeof NOTIFIED)[number] | "";
  /** When it was notified, in ms since the epoch by the node's clock; NaN where that cannot be read. */
  readonly time: number;
  /** The whole line: two notifications of one state differ by it. */
  readonly line: string;
}

/** Reads a notification. */
export function parseNotification(text: string): Notification {
  const line = text.trim();
  const [word, time = ""] = line.split(" ");
  const state = NOTIFIED.find((each) => each === word) || "";
  // `date -Ins` writes a comma, and more digits than every Date.parse takes.
  return { state, time: Date.parse(time.replace(/,(\d{1,3})\d*/, ".$1")), line };
}

/** What identifies a promotion: the line of the notification that made this node MASTER, or confirmed that it is. */
export function promotionOf({ line, state }: Notification): string | undefined {
  return state.startsWith("MASTER") ? line : undefined;
}

/** What a node's state follows from. */
export interface Evidence {
  /** Whether a process of keepalived runs. */
  readonly isRunning: boolean;
  /** Whether keepalived listens for VRRP; undefined where that cannot be seen. */
  readonly isListening: boolean | undefined;
  /** Whether an interface has the VIP. A killed keepalived leaves it behind. */
  readonly hasVip: boolean;
  readonly notification: Notification;
  /** Milliseconds since the epoch by the node's clock. */
  readonly now: number;
}

/** Within this time, in ms, after it has notified STOP, keepalived has exited. */
const STOPPING_MS = 10_000;

/**
 * keepalived's state on this node. The process and the interface decide whether it is MASTER, whatever was notified last.
 * FAULT differs from BACKUP by the last notification, or by a keepalived that does not listen since it has no instance or
 * has lost its interface.
 */
export function vrrpState({ isRunning, isListening, hasVip, notification, now }: Evidence): VrrpState {
  if (isRunning && isListening !== false && hasVip) return "MASTER";
  // An older STOP is that of an earlier keepalived. One that is stopping does not listen any more, but still runs.
  if (notification.state === "STOP" && (!isRunning || now - notification.time < STOPPING_MS)) return "STOP";
  if (!isRunning) return "DEAD";
  return isListening === false || notification.state === "FAULT" ? "FAULT" : "BACKUP";
}

/** Determines keepalived's present state. */
export function lookAtVrrp(host: Host, vip: string): { state: VrrpState; notification: Notification } {
  const notification = parseNotification(recall(host, "notification"));
  const state = vrrpState({
    isRunning: host.isRunning("keepalived"),
    isListening: listensForVrrp(host.readFile("/proc/net/raw")),
    hasVip: host.hasAddress(vip),
    notification,
    now: host.now(),
  });
  return { state, notification };
}

/**
 * Whether a raw socket takes IP protocol 112 from anybody: its local port is the protocol's number, in hex, and its remote
 * address zero. What listens for the peer's adverts takes them from there alone. See proc(5), `net/raw`.
 */
function listensForVrrp(rawSockets: string | undefined): boolean | undefined {
  return rawSockets === undefined ? undefined : /:0070 0+:/.test(rawSockets);
}
