import { attend, readSettings } from "../passes/passes.ts";
import { receiptBook } from "../passes/receipt-book.ts";
import { NODE_PATHS } from "../contract/index.ts";
import type { Host } from "../node/host.ts";
import { noMemory } from "../protocol/memory.ts";
import { beginSession, look, type Session } from "../protocol/session.ts";
import { bell } from "./bell.ts";
import { heartbeat } from "./heartbeat.ts";

/** Between two looks at the cloud, in advert intervals: where all is well, and where it is not. */
const LOOK_WELL = 5;
const LOOK_ILL = 1;

/** Between two heartbeats and looks at keepalived, in ms. A notification wakes the agent at once. */
const TICK_MS = 1000;

/** How long settings that cannot be read are left alone, in ms: whoever mends them restarts the unit. */
const NO_SETTINGS_MS = 10_000;

/**
 * The resident program: woken by keepalived's notifications, it looks at keepalived and the cloud again and again, and
 * decides as the one-shot pass does, by the same runs.
 *
 * @returns where the settings have changed, or cannot be read: the unit starts it again
 */
export async function agent(host: Host, say: (line: string) => void): Promise<number> {
  const text = host.readFile(NODE_PATHS.settings);
  const settings = readSettings(host, (receipt) => say(JSON.stringify(receipt)));
  if (!settings) {
    await host.sleep(NO_SETTINGS_MS);
    return 2;
  }
  const session = beginSession(host, settings, noMemory());
  const wake = bell(host);
  const advertMs = settings.advertInt * 1000;
  const lookAround = keepalivedWatch(session, wake.ring);
  host.watchFile(`${NODE_PATHS.statePrefix}notification`, lookAround);
  let isOver = false;
  const attending = attend(session, "settle", receiptBook(host, say), async (run, { agree }) => {
    const next = host.clock() + advertMs * (agree === "yes" ? LOOK_WELL : LOOK_ILL);
    const until = Math.min(next, run.dueAt || next);
    while (session.news === run.news && host.clock() < until) await wake.wait(until - host.clock());
    return !isOver;
  });
  const beating = async () => {
    while (host.readFile(NODE_PATHS.settings) === text) {
      heartbeat(host);
      lookAround();
      await host.sleep(TICK_MS);
    }
    isOver = true;
    session.news += 1;
    wake.ring();
  };
  await Promise.all([attending, beating()]);
  return 0;
}

/** Looks at keepalived, and rings where it has changed or notified something since this looked for the last time. */
function keepalivedWatch(session: Session, ring: () => void): () => void {
  const lines = new Map<string, string>();
  return () => {
    let isNew = false;
    for (const { vip } of session.settings.virtualIps) {
      const { notification, state } = look(session, vip);
      const line = `${state} ${notification?.line}`;
      if (lines.get(vip) !== line) isNew = true;
      lines.set(vip, line);
    }
    if (!isNew) return;
    session.news += 1;
    ring();
  };
}
