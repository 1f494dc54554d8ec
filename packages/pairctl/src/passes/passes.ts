import { hasPeerWord, NODE_PATHS, parseSettings, type Settings } from "../contract/index.ts";
import { reconcileByMechanism } from "../mechanisms/index.ts";
import type { Host } from "../node/host.ts";
import { askPeer } from "../peer/exchange.ts";
import { noMemory } from "../protocol/memory.ts";
import { begin, type Purpose, type Run } from "../protocol/run.ts";
import { beginSession, type Session } from "../protocol/session.ts";
import { beginning, type Receipt, receiptOf } from "./receipt.ts";

/** Is called with each receipt as soon as its run ends, while it is true. */
export type Tell = (receipt: Receipt) => void;

/** Waits until an address needs its next run. @returns whether there is one */
type WaitForNext = (run: Run, receipt: Receipt) => Promise<boolean>;

/** Makes one run after the other for each address, the addresses side by side. */
export async function runRepeatedly(
  session: Session,
  purpose: Purpose,
  tell: Tell,
  waitForNext: WaitForNext,
): Promise<void> {
  const { host, settings } = session;
  const { notifications } = session.memory;
  await Promise.all(
    settings.virtualIps.map(async (address) => {
      let run: Run<keyof Settings>;
      let receipt: Receipt;
      do {
        const begun = beginning(host, notifications.get(address.vip));
        run = begin(session, address, purpose);
        receipt = receiptOf(host, begun, await reconcileByMechanism(run));
        tell(receipt);
        notifications.set(address.vip, begun.notification);
      } while (await waitForNext(run, receipt));
    }),
  );
}

/** One run for each address of the node. */
export interface Pass {
  /** In the order in which the runs ended; where the settings cannot be read, a receipt that says so. */
  readonly receipts: readonly Receipt[];
  /** Undefined where they cannot be read. */
  readonly settings: Settings | undefined;
}

/** Makes one run for each address of the node, side by side. */
export async function passOverAll(host: Host, purpose: Purpose, tell: Tell, memory = noMemory()): Promise<Pass> {
  const receipts: Receipt[] = [];
  const settings = readSettings(host, keep);
  if (settings) {
    const session = beginSession(host, settings, memory);
    // A move must not wait for a peer that may be dead.
    if (hasPeerWord() && purpose !== "settle") await askPeer(session);
    await runRepeatedly(session, purpose, keep, async () => false);
  }
  return { receipts, settings };

  function keep(receipt: Receipt): void {
    receipts.push(receipt);
    tell(receipt);
  }
}

/** The same, but only looks: it changes nothing. */
export function lookAtAll(host: Host): Promise<Pass> {
  return passOverAll(host, "look", () => undefined);
}

/** The settings of the node; where they cannot be read, undefined, and a receipt that says why. */
export function readSettings(host: Host, tell: Tell): Settings | undefined {
  try {
    return parseSettings(host.readFile(NODE_PATHS.settings));
  } catch (error) {
    const message = `${NODE_PATHS.settings}: ${(error as Error).message}`;
    tell(receiptOf(host, beginning(host, undefined), { verdict: "failed", message }));
    return undefined;
  }
}
