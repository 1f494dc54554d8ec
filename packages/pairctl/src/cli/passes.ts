import { NODE_PATHS, parseSettings, type Settings } from "../contract/index.ts";
import { reconcileByMechanism } from "../mechanisms/index.ts";
import { note, recall } from "../node/files.ts";
import type { Host } from "../node/host.ts";
import { begin, type Purpose, type Run } from "../protocol/run.ts";
import { beginSession, type Session } from "../protocol/session.ts";
import { lookAtVrrp } from "../protocol/vrrp.ts";
import { beginning, type Receipt, receiptOf } from "./receipt.ts";

/** How often an address that is done looks for news while another one is not, in ms. */
const NEWS_MS = 50;

/** Is called with each receipt as soon as its run ends, while that is true. */
export type Tell = (receipt: Receipt) => void;

/** How the runs for an address follow each other. */
interface Pace {
  /** When a run that begins now has to end, by the host's clock. */
  deadline(): number;
  /** Waits for the next run; says whether there is one. */
  rest(run: Run, receipt: Receipt): Promise<boolean>;
}

/** Looks, decides, acts and tells, again and again: for each address, side by side. */
export async function attend(session: Session, purpose: Purpose, tell: Tell, { deadline, rest }: Pace): Promise<void> {
  const { host, settings } = session;
  let done = recall(host, "done");
  await Promise.all(
    settings.virtualIps.map(async (address) => {
      for (let isOver = false, known = done; !isOver;) {
        const begun = beginning(host, known);
        const run = begin(session, address, purpose, deadline());
        const receipt = receiptOf(host, begun, await reconcileByMechanism(run));
        tell(receipt);
        known = begun.notification;
        if (purpose === "settle" && known !== done) note(host, "done", (done = known));
        isOver = !(await rest(run, receipt));
      }
    }),
  );
}

/**
 * Passes once over all addresses of the node. An address that is done does not wait for one that is not: where VRRP changes
 * meanwhile, it is run for anew. None of the runs outlasts the deadline of the first.
 *
 * @returns the settings; undefined where they cannot be read, which is told as well
 */
export async function passOverAll(host: Host, purpose: Purpose, tell: Tell): Promise<Settings | undefined> {
  const settings = readSettings(host, tell);
  if (!settings) return undefined;
  const deadline = host.clock() + settings.deadlineMs;
  let unfinished = settings.virtualIps.length;
  const isOver = () => unfinished === 0 || host.clock() >= deadline || purpose !== "settle";
  await attend(beginSession(host, settings), purpose, tell, {
    deadline: () => deadline,
    async rest(run) {
      unfinished -= 1;
      while (!isOver() && !hasNews(run)) await host.sleep(NEWS_MS);
      if (isOver()) return false;
      unfinished += 1;
      return true;
    },
  });
  return settings;
}

/** Looks at all addresses, and changes nothing. */
export async function lookAtAll(host: Host): Promise<{ receipts: Receipt[]; settings: Settings | undefined }> {
  const receipts: Receipt[] = [];
  const settings = await passOverAll(host, "look", (receipt) => receipts.push(receipt));
  return { receipts, settings };
}

/** The settings of the node; undefined where they cannot be read, which is told. */
export function readSettings(host: Host, tell: Tell): Settings | undefined {
  try {
    return parseSettings(host.readFile(NODE_PATHS.settings));
  } catch (error) {
    const message = `${NODE_PATHS.settings}: ${(error as Error).message}`;
    tell(receiptOf(host, beginning(host, recall(host, "done")), { verdict: "failed", message }));
    return undefined;
  }
}

/** Whether keepalived has changed, or has notified something, since a run looked for the last time. */
function hasNews({ address, host, notification, vrrp }: Run): boolean {
  const now = lookAtVrrp(host, address.vip);
  return now.state !== vrrp || now.notification?.line !== notification?.line;
}
