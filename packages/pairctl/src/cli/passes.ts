import { NODE_PATHS, parseSettings, type Settings } from "../contract/index.ts";
import { reconcileByMechanism } from "../mechanisms/index.ts";
import type { Host } from "../node/host.ts";
import { begin, type Purpose, type Run } from "../protocol/run.ts";
import { lookAtVrrp } from "../protocol/vrrp.ts";
import { beginning, type Receipt, receiptOf } from "./receipt.ts";

/** How often an address that is done looks for news while another one is not, in ms. */
const NEWS_MS = 50;

/**
 * Passes over all addresses of the node, side by side. Each address is told of as soon as its run ends, while that is
 * true. An address that is done does not wait for one that is not: where VRRP changes meanwhile, it is run for anew. None
 * of the runs outlasts the deadline of the first.
 *
 * @param tell is called with each receipt
 * @returns the settings; undefined where they cannot be read, which is told as well
 */
export async function passOverAll(
  host: Host,
  purpose: Purpose,
  tell: (receipt: Receipt) => void,
): Promise<Settings | undefined> {
  const settings = readSettings(host, tell);
  if (!settings) return undefined;
  const deadline = host.clock() + settings.deadlineMs;
  let unfinished = settings.virtualIps.length;
  const isOver = () => unfinished === 0 || host.clock() >= deadline || purpose !== "settle";
  await Promise.all(
    settings.virtualIps.map(async (address) => {
      for (;;) {
        const begun = beginning(host);
        const run = begin(host, settings, address, purpose, deadline);
        tell(receiptOf(host, begun, await reconcileByMechanism(run)));
        unfinished -= 1;
        while (!isOver() && !hasNews(run)) await host.sleep(NEWS_MS);
        if (isOver()) return;
        unfinished += 1;
      }
    }),
  );
  return settings;
}

/** Looks at all addresses, and changes nothing. */
export async function lookAtAll(host: Host): Promise<{ receipts: Receipt[]; settings: Settings | undefined }> {
  const receipts: Receipt[] = [];
  const settings = await passOverAll(host, "look", (receipt) => receipts.push(receipt));
  return { receipts, settings };
}

function readSettings(host: Host, tell: (receipt: Receipt) => void): Settings | undefined {
  try {
    return parseSettings(host.readFile(NODE_PATHS.settings));
  } catch (error) {
    const message = `${NODE_PATHS.settings}: ${(error as Error).message}`;
    tell(receiptOf(host, beginning(host), { verdict: "failed", message }));
    return undefined;
  }
}

/** Whether keepalived has changed, or has notified something, since a run looked for the last time. */
function hasNews({ address, host, notification, vrrp }: Run): boolean {
  const now = lookAtVrrp(host, address.vip);
  return now.state !== vrrp || now.notification?.line !== notification?.line;
}
