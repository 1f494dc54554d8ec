import type { Lab } from "../lab/lab.ts";
import { waitFor, WaitError } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import type { Receipt } from "../nodes/node-log.ts";
import { settlingMs } from "./settling.ts";

/** What a true receipt says where all is well: of the node that serves, and of the one that is ready to take over. */
const WELL = {
  serving: { vrrp: "MASTER", verdicts: ["holds", "moved"], holder: "mine" },
  standby: { vrrp: "BACKUP", verdicts: ["idle", "handed"], holder: "peer" },
} as const;

/**
 * Checks what both nodes say of themselves, in a receipt of the last seconds: the one that serves, that it does; the
 * other one, that it does not and the cloud is right.
 *
 * @param serving the node that serves
 * @returns what is not true, one line each
 */
export async function receiptProblems(lab: Lab, serving: Node): Promise<string[]> {
  const { mechanism, addresses, role } = lab.stack;
  const asksCloud = role !== undefined;
  const budgetMs = settlingMs(mechanism);
  const problems = await Promise.all(
    lab.nodes.flatMap((node) =>
      addresses.map(({ vip }) => problemOf(node, { serves: node === serving, vip, budgetMs, asksCloud })),
    ),
  );
  return problems.filter((problem) => problem !== undefined);
}

interface Wanted {
  readonly serves: boolean;
  readonly vip: string;
  readonly budgetMs: number;
  readonly asksCloud: boolean;
}

/** A run that began before the world was well may still be under way: the next one must be right. */
async function problemOf(node: Node, { serves, vip, budgetMs, asksCloud }: Wanted): Promise<string | undefined> {
  const since = Date.now() - budgetMs;
  try {
    await waitFor({
      what: `a true receipt of the ${node.role} for ${vip}`,
      budgetMs,
      look: () => {
        const last = node
          .receipts(since)
          .filter((receipt) => (receipt.vip ?? vip) === vip)
          .at(-1);
        if (last === undefined) return { seen: `none since ${new Date(since).toISOString()}` };
        const problem = judgeReceipt(last, serves, asksCloud);
        return problem === undefined ? { found: true } : { seen: problem };
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof WaitError) return error.message;
    throw error;
  }
}

/**
 * @param asksCloud whether the pair has a role to ask the cloud with: one that has none must say that it does not know
 * @returns what is not true in it, where it was written while the node served, or did not
 */
export function judgeReceipt(receipt: Receipt, serves: boolean, asksCloud = true): string | undefined {
  const { vrrp, verdicts, holder } = serves ? WELL.serving : WELL.standby;
  const text = JSON.stringify({ ...receipt, calls: undefined });
  if (receipt.vrrp !== vrrp) return `it is ${vrrp}, and says ${text}`;
  if (!asksCloud) {
    const isUnknown = receipt.verdict === "unverified" && receipt.agree === "unknown";
    return isUnknown ? undefined : `without a role it cannot know whether the cloud agrees, and says ${text}`;
  }
  if (!verdicts.some((verdict) => verdict === receipt.verdict))
    return `its verdict must be one of ${verdicts.join(", ")}: ${text}`;
  if (receipt.holderAfter !== holder) return `the holder is '${holder}', and it says ${text}`;
  return receipt.agree === "yes" ? undefined : `VRRP and cloud agree, and it says ${text}`;
}
