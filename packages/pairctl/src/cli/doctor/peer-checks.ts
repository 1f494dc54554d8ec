import { hasPeerWord, hearsAdverts, PEER_PORT } from "../../contract/index.ts";
import { byShell, type Check } from "./check.ts";

// The peer's agent answers. Of two nodes that hear each other's VRRP, at least one is no MASTER.
const PEER: Check = {
  level: "warn",
  what: "peer",
  remedy: `allow TCP ${PEER_PORT}, protocol 112`,
  look({ first }) {
    if (!first.peer) return "silent";
    return first.vrrp === "MASTER" && first.peer === "MASTER" ? "MASTER, too" : undefined;
  },
};

// What listens for the peer's adverts: without it this node does not yield.
const LISTENER: Check = {
  level: "warn",
  what: "python3",
  remedy: "install it",
  look: (subject) => byShell(subject, "command -v python3"),
};

// Where the nodes cannot reach each other at all, VRRP cannot either. An image need not have ping.
const PING: Check = {
  level: "warn",
  what: "ping of the peer",
  remedy: "see its doctor",
  look: (subject) => byShell(subject, `ping -c1 -W1 ${subject.settings?.peerIp}`),
};

// A BACKUP stays one only while it hears the MASTER; what a MASTER's peer hears is known there alone.
const VRRP: Check = {
  level: "warn",
  what: "VRRP of the MASTER",
  remedy: "allow protocol 112",
  look: ({ first }) => (first.vrrp === "BACKUP" ? undefined : { unknown: "see the peer's doctor" }),
};

/** What the doctor looks at of the peer where the agents tell each other what keepalived is. */
export const CHECKS_BY_WORD: readonly Check[] = [PEER, ...(hearsAdverts() ? [LISTENER] : [])];

/** The same where they do not: a ping tells less. */
export const CHECKS_WITHOUT_WORD: readonly Check[] = [PING, VRRP];

/** What a takeover needs between the nodes, as far as it can be seen. */
export function peerChecks(): readonly Check[] {
  return hasPeerWord() ? CHECKS_BY_WORD : CHECKS_WITHOUT_WORD;
}
