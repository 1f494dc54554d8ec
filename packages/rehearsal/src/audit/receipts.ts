import type { Lab } from "../lab/lab.ts";
import { waitFor, WaitError } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import type { Receipt } from "../nodes/node-log.ts";

/** pairctl looks every 10 s, and a look may take some seconds on a busy machine. */
const RECEIPT_BUDGET_MS = 15_000;

/** The verdicts after which the address is on its node. */
const SERVES = ["holds", "moved"];

/**
 * Checks what both nodes say of themselves, in a receipt of the last seconds: the one that serves, that it does; the
 * other one, that it does not and the cloud is right.
 *
 * @param serving the node that serves
 * @returns what is not true, one line each
 */
export async function receiptProblems(lab: Lab, serving: Node): Promise<string[]> {
  const since = Date.now() - RECEIPT_BUDGET_MS;
  const problems = await Promise.all(
    lab.nodes.flatMap((node) => lab.stack.addresses.map(({ vip }) => problemOf(node, node === serving, vip, since))),
  );
  return problems.filter((problem) => problem !== undefined);
}

/** A run that began before the world was well may still be under way: the next one must be right. */
async function problemOf(node: Node, serves: boolean, vip: string, since: number): Promise<string | undefined> {
  try {
    await waitFor({
      what: `a true receipt of the ${node.role} for ${vip}`,
      budgetMs: RECEIPT_BUDGET_MS,
      look: () => {
        const last = node
          .receipts(since)
          .filter((receipt) => (receipt.vip ?? vip) === vip)
          .at(-1);
        if (last === undefined) return { seen: `none since ${new Date(since).toISOString()}` };
        const problem = judgeReceipt(last, serves);
        return problem === undefined ? { found: true } : { seen: problem };
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof WaitError) return error.message;
    throw error;
  }
}

/** @returns what is not true in it, where it was written while the node served, or did not */
export function judgeReceipt(receipt: Receipt, serves: boolean): string | undefined {
  const text = JSON.stringify({ ...receipt, calls: undefined });
  if ((receipt.vrrp === "MASTER") !== serves) return `it serves: ${serves}, and says ${text}`;
  if (serves && !SERVES.includes(receipt.verdict)) return `its verdict must be one of ${SERVES.join(", ")}: ${text}`;
  if (!serves && receipt.verdict === "failed") return `it must not fail: ${text}`;
  return receipt.agree === false ? `VRRP and cloud agree, and it says ${text}` : undefined;
}
