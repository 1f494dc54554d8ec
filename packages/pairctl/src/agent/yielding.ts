import { isStronger } from "../contract/index.ts";
import { note } from "../node/files.ts";
import { uptime } from "../node/uptime.ts";
import { yieldUntil } from "../protocol/decision/index.ts";
import { look, type Session } from "../protocol/session.ts";
import { isYielding, YIELD, YIELDS } from "../protocol/yielding.ts";

/**
 * Listens for the peer's adverts, for as long as this program runs: nothing in keepalived tells when VRRP works again. That
 * it begins to listen counts as an advert.
 *
 * @returns what decides whether this node yields: then it holds keepalived in FAULT for a while, or else lets it go
 */
export function yielding(session: Session, say: (line: string) => void): () => void {
  const { host, settings } = session;
  const [{ vip }] = settings.virtualIps as readonly [{ readonly vip: string }];
  host.hearAdverts(settings.peerIp, (isListening) => {
    session.adverts = isListening ? { heardAt: host.clock() } : undefined;
    if (!isListening) say("python3 does not hear VRRP: no yielding");
  });
  // With a private IP it would have to know who has the address: no node of such a pair yields.
  const addresses = settings.virtualIps.map(() => ({ holder: "unknown", peerSees: undefined }) as const);
  return () => {
    const { adverts, word } = session;
    const { since, state: vrrp } = look(session, vip);
    const now = host.clock();
    const node = { now, vrrp, since, promotion: undefined, isStronger: isStronger(settings), word, adverts };
    const wasYielding = isYielding(host);
    const until = yieldUntil(node, wasYielding, addresses, { ...settings, incumbentKeeps: false });
    if (!until && !wasYielding) return;
    if (!until || !wasYielding) say(until ? YIELDS : "yields no longer");
    note(host, YIELD, `${until ? Math.ceil(uptime(host) + (until - now) / 1000) : 0}\n`);
  };
}
