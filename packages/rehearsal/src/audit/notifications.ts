import type { Node } from "../nodes/node.ts";
import { waitFor } from "../machine/process.ts";

/** Moments of a run of the hook, in ms from its start, at which a notification comes: a run takes about 150 ms. */
const MOMENTS_MS = [0, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180];
/** The timer would make up for a lost notification, but not as soon as this. */
const BUDGET_MS = 3000;

/**
 * Checks that a notification is dealt with whenever it comes, also while a run of the hook is just ending.
 *
 * @param serving the node that serves: it is told what it knows already, that it is MASTER
 * @throws where a notification is lost
 */
export async function checkNotifications(serving: Node): Promise<void> {
  for (const moment of MOMENTS_MS) {
    const since = Date.now();
    const script = `systemctl start --no-block migration-hook; sleep ${moment / 1000}; /usr/libexec/keepalived/notify MASTER`;
    await serving.exec("sh", "-c", script);
    await waitFor(
      `the hook to deal with a notification that came ${moment} ms after the start of a run`,
      BUDGET_MS,
      async () => ((await serving.receipts(since)).some(({ trigger }) => trigger === "MASTER") ? true : undefined),
    );
  }
}
