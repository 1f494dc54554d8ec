import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { isRunning, processSpace } from "../../../process-space/src/process-space.ts";
import { UnreachableNodeError } from "../access/node-access.ts";
import { NODE_PATH_LINE } from "../node/run-on.ts";
import type { Outcome } from "../exit-codes.ts";
import { OperatorError } from "../operator-error.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";
import type { Reach } from "./observe.ts";

/** Where the lock is, on each node: a restart of the node takes it away, and the other node still has it. */
const LOCK_FILE = "/run/pair.lock";

/** For how many seconds a lock counts that is not renewed, so that a machine that died keeps nobody out for good. */
const LEASE_S = 1_200;

/** What the script exits with where somebody else has the lock. */
const HELD = 76;

/** The right to change a pair, which one command has at a time. */
export interface PairLock {
  /** Makes it count for another while, also on a node that was restarted or replaced since. @default - the same nodes */
  readonly renew: (reach?: Reach) => Promise<void>;
}

/** Who takes the lock, as others are told. */
export interface LockOwner {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** Where its process id counts, see {@link processSpace}. */
  readonly space: string;
}

/** The owner that this process is. */
export function thisProcess(): LockOwner {
  return { user: userInfo().username, host: hostname(), pid: process.pid, space: processSpace() };
}

/**
 * Does something that changes the pair, while nobody else does. A command of one's own that was killed leaves a lock that
 * counts no more, since its process is gone. Only the machine that it ran on can know that, as long as it is not restarted.
 *
 * @param purpose such as `pair roll`, for those who are kept out
 * @throws OperatorError `locked` where somebody else is at it
 * @throws OperatorError `unknown` where no node could be reached to keep the lock
 */
export async function withLock(
  reach: Reach,
  purpose: string,
  change: (lock: PairLock) => Promise<Outcome>,
  owner: LockOwner = thisProcess(),
): Promise<Outcome> {
  const mine = `${placeOf(owner)} pid ${owner.pid} ${purpose} ${owner.space}-${randomUUID().slice(0, 8)}`;
  let current = reach;
  const take = async (now: Reach = current) => {
    current = now;
    const taken = await Promise.all(now.pair.nodes.map((node) => takeOn(now, node, mine, owner)));
    if (!taken.includes(true)) {
      throw new OperatorError(
        "unknown",
        "neither node can be reached, so that nothing can be changed: see 'pair status'",
      );
    }
  };
  try {
    await take();
    return await change({ renew: take });
  } finally {
    await Promise.all(current.pair.nodes.map((node) => releaseOn(current, node, mine)));
  }
}

/** @returns whether the node keeps the lock now; false where it cannot be reached */
async function takeOn({ access }: Reach, node: DeployedNode, mine: string, owner: LockOwner): Promise<boolean> {
  let stale = "";
  for (;;) {
    const answer = await reached(() => access.run(node, takeScript(mine, stale)));
    if (answer === undefined) return false;
    if (answer.exitStatus === 0) return true;
    const holder = answer.output.trim();
    if (answer.exitStatus === HELD && holder !== stale && isGone(holder, owner)) {
      stale = holder;
      continue;
    }
    throw new OperatorError(
      "locked",
      answer.exitStatus === HELD
        ? `${holder.replace(/ \S+$/, "")} is changing the pair: wait until that is done; a lock that is not renewed counts for ${LEASE_S / 60} minutes`
        : `${node.role}: the lock ${LOCK_FILE} could not be taken: ${holder}`,
    );
  }
}

async function releaseOn({ access }: Reach, node: DeployedNode, mine: string): Promise<void> {
  await reached(() =>
    access.run(node, [NODE_PATH_LINE, `grep -qF '${mine}' ${LOCK_FILE} && : >${LOCK_FILE}`, "exit 0", ""].join("\n")),
  );
}

/** Compares and sets under the kernel's own lock. The time is that since the node's boot: no clock can be set back. */
function takeScript(mine: string, stale: string): string {
  return [
    NODE_PATH_LINE,
    `exec 9>>${LOCK_FILE}`,
    "flock -w 5 9 || exit 75",
    `read -r until holder <${LOCK_FILE}`,
    "read -r now _ </proc/uptime",
    "now=${now%.*}",
    `case $holder in "" | '${mine}' | '${stale}') ;; *)`,
    `  [ "$until" -le "$now" ] || { echo "$holder"; exit ${HELD}; } ;;`,
    "esac",
    `echo "$((now + ${LEASE_S})) ${mine}" >${LOCK_FILE}`,
    "",
  ].join("\n");
}

/** Whose lock it is, for people. */
function placeOf({ user, host }: LockOwner): string {
  return `${user}@${host}`.replace(/[^\w.@-]/g, "_");
}

/** Whether the lock is that of a process of this user that has ended; of another space's processes nothing is known here. */
function isGone(holder: string, asking: LockOwner): boolean {
  const [place, , pid, ...purpose] = holder.split(" ");
  const isKnown = place === placeOf(asking) && purpose.at(-1)?.startsWith(`${asking.space}-`) === true;
  return isKnown && !isRunning(Number(pid));
}

async function reached<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UnreachableNodeError) return undefined;
    throw error;
  }
}
