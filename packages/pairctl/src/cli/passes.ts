import { NODE_PATHS, parseSettings, type Settings } from "../contract/index.ts";
import { reconcileByMechanism } from "../mechanisms/index.ts";
import type { Host } from "../node/host.ts";
import { type Memory, noMemory } from "../protocol/memory.ts";
import { begin, type Purpose, type Run } from "../protocol/run.ts";
import { beginSession, type Session } from "../protocol/session.ts";
import { beginning, type Receipt, receiptOf } from "./receipt.ts";

/** Is called with each receipt as soon as its run ends, while that is true. */
export type Tell = (receipt: Receipt) => void;

/** Waits for the next run for an address; says whether there is one. */
type Rest = (run: Run, receipt: Receipt) => Promise<boolean>;

/** Looks, decides, acts and tells, again and again: for each address, side by side. */
export async function attend(session: Session, purpose: Purpose, tell: Tell, rest: Rest): Promise<void> {
  const { host, settings } = session;
  const { notifications } = session.memory;
  await Promise.all(
    settings.virtualIps.map(async (address) => {
      for (let isOver = false; !isOver;) {
        const begun = beginning(host, notifications.get(address.vip));
        const run = begin(session, address, purpose);
        const receipt = receiptOf(host, begun, await reconcileByMechanism(run));
        tell(receipt);
        notifications.set(address.vip, begun.notification);
        isOver = !(await rest(run, receipt));
      }
    }),
  );
}

/**
 * Passes once over all addresses of the node, side by side.
 *
 * @returns the settings; undefined where they cannot be read, which is told as well
 */
export async function passOverAll(
  host: Host,
  purpose: Purpose,
  tell: Tell,
  memory: Memory,
): Promise<Settings | undefined> {
  const settings = readSettings(host, tell);
  if (settings) await attend(beginSession(host, settings, memory), purpose, tell, async () => false);
  return settings;
}

/** Looks at all addresses, and changes nothing. */
export async function lookAtAll(host: Host): Promise<{ receipts: Receipt[]; settings: Settings | undefined }> {
  const receipts: Receipt[] = [];
  const settings = await passOverAll(host, "look", (receipt) => receipts.push(receipt), noMemory());
  return { receipts, settings };
}

/** The settings of the node; undefined where they cannot be read, which is told. */
export function readSettings(host: Host, tell: Tell): Settings | undefined {
  try {
    return parseSettings(host.readFile(NODE_PATHS.settings));
  } catch (error) {
    const message = `${NODE_PATHS.settings}: ${(error as Error).message}`;
    tell(receiptOf(host, beginning(host, undefined), { verdict: "failed", message }));
    return undefined;
  }
}
