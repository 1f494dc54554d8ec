import { PEER_PORT, VRRP_STATES, type VrrpState } from "../contract/index.ts";
import { adverts } from "../protocol/decision/index.ts";
import { look, type Session } from "../protocol/session.ts";

/**
 * From one question to the next, in advert intervals. Decisions need a word that is more recent than one of them; but not
 * where all is calm, one node is MASTER and the other is BACKUP. A word is good for longer than it takes to ask again, to wait
 * an advert interval for an answer, and to ask once more.
 */
const ADVERTS_ASKING = 0.7;
const ADVERTS_CALM = 1.2;
const CALM = /MASTER.*BACKUP|BACKUP.*MASTER/;

/**
 * Answers the peer's agent, for as long as this program runs. A question carries the asker's own word, so that one TCP
 * direction that works serves both.
 *
 * @returns what asks the peer once, and then says in how many ms to ask it again
 */
export function exchangeWords(session: Session): () => Promise<number> {
  const { host, settings } = session;
  /** The peer's clock when it last answered: by it, the peer knows how old the word in a question can be. */
  let peerClock = "";
  host.serve(settings.privateIp, PEER_PORT, settings.peerIp, (path) => {
    hear(session, path, Number(clockIn(path) || NaN));
    return ownWord(session, host.clock());
  });
  return async () => {
    const own = ownWord(session, peerClock);
    const said = await askPeer(session, own);
    // An old clock makes a word count as older than it is, and none makes it no word.
    peerClock = clockIn(said) || peerClock;
    return adverts(CALM.test(own + said) ? ADVERTS_CALM : ADVERTS_ASKING, settings);
  };
}

/**
 * Asks the peer once, and remembers its word. What is no word is silence, and no error: another program, another version,
 * a closed port.
 *
 * @param own this node's own word, which the question carries
 * @returns what it said
 */
export async function askPeer(session: Session, own = ownWord(session, "")): Promise<string> {
  const { host, settings } = session;
  const askedAt = host.clock();
  const url = `http://${settings.peerIp}:${PEER_PORT}${own}`;
  try {
    const { body } = await host.request(url, { method: "GET", timeoutMs: settings.advertInt * 1000 });
    hear(session, body, askedAt);
    return body;
  } catch {
    // Whether the peer is dead or cannot be reached is not known.
    return "";
  }
}

/** What this node says of itself: `/MASTER/1500/7200000`, its state, for how many ms it has been in that, and a clock. */
function ownWord(session: Session, clock: number | string): string {
  const [{ vip }] = session.settings.virtualIps as readonly [{ readonly vip: string }];
  const { since, state } = look(session, vip);
  return `/${state}/${session.host.clock() - since}/${clock}`;
}

const clockIn = (said: string) => said.split("/")[3];

/**
 * Remembers what the peer has said, if that is a word, and newer than the last one. Where it says another state than before,
 * all waits end.
 *
 * @param askedAt by this node's clock, a moment before it was said
 */
function hear(session: Session, said: string, askedAt: number): void {
  const { askedAt: lastAskedAt = -Infinity, state: lastState } = session.word || {};
  const [, state, duration] = said.split("/");
  const forMs = Number(duration);
  // A moment that is still to come is one of the clock before this node was restarted.
  const isWord = VRRP_STATES.includes(state as VrrpState) && forMs >= 0 && askedAt <= session.host.clock();
  if (isWord && askedAt >= lastAskedAt) {
    session.word = { state: state as VrrpState, forMs, askedAt };
    if (state !== lastState) session.signal.raise();
  }
}
