import { readSettings, runRepeatedly } from "../passes/passes.ts";
import { receiptBook } from "../passes/receipt-book.ts";
import { hasPeerWord, hearsAdverts, METRICS_ADDRESS, METRICS_PORT, NODE_PATHS } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { waitMs } from "../protocol/decision/index.ts";
import { noMemory } from "../protocol/memory.ts";
import { beginSession, look } from "../protocol/session.ts";
import { exchangeWords } from "../peer/exchange.ts";
import { yielding } from "./yielding.ts";
import { heartbeat } from "./heartbeat.ts";

/** The time between two runs, in advert intervals of at least one second: where the pair serves, and where it does not or that is unknown. */
const ADVERTS_SERVING = 5;
const ADVERTS_NOT_SERVING = 1;

/** Between two heartbeats and checks of keepalived, in ms. A notification starts a run at once. */
const TICK_MS = 1500;

/** How long it waits where the settings cannot be read, in ms, before it exits and systemd restarts it. */
const NO_SETTINGS_MS = 10_000;

/**
 * The resident program. It makes the same runs as `pairctl reconcile`, those of an address one after the other: when
 * keepalived notifies, when it sees that keepalived has changed, when the peer's word says another state, when a wait of the
 * decision is over, and at intervals.
 *
 * @returns the exit status, once the settings have changed, or where they cannot be read: systemd restarts it
 */
export async function agent(host: Host, say: (line: string) => void): Promise<number> {
  const text = host.readFile(NODE_PATHS.settings);
  const settings = readSettings(host, (receipt) => say(JSON.stringify(receipt)));
  if (!settings) {
    await host.sleep(NO_SETTINGS_MS);
    return 2;
  }
  const session = beginSession(host, settings, noMemory());
  const { signal } = session;
  const checkKeepalived = () => settings.virtualIps.map(({ vip }) => look(session, vip));
  host.watchFile(`${NODE_PATHS.statePrefix}notification`, checkKeepalived);
  let isOver = false;
  const { keep, metrics } = receiptBook(host, say);
  host.serve(METRICS_ADDRESS, METRICS_PORT, METRICS_ADDRESS, metrics);
  const running = runRepeatedly(session, "settle", keep, async ({ raised, dueAt = Infinity }, { agree }) => {
    const untilNextMs = waitMs(agree === "yes" ? ADVERTS_SERVING : ADVERTS_NOT_SERVING, settings);
    if (signal.raised === raised) await signal.wait(Math.min(untilNextMs, dueAt - host.clock()));
    return !isOver;
  });
  const beating = async () => {
    while (host.readFile(NODE_PATHS.settings) === text) {
      heartbeat(host);
      checkKeepalived();
      await host.sleep(TICK_MS);
    }
    isOver = true;
    signal.raise();
  };
  const asking = async () => {
    const askPeer = exchangeWords(session);
    const yieldIfDue = hearsAdverts() && yielding(session, say);
    while (!isOver) {
      const untilNextMs = await askPeer();
      if (yieldIfDue) yieldIfDue();
      // After a change here, or one that a question of the peer's tells of, what the peer says is needed at once. What its
      // answer has just said is no reason to ask again.
      await signal.wait(untilNextMs);
    }
  };
  await Promise.all([running, beating(), hasPeerWord() && asking()]);
  return 0;
}
