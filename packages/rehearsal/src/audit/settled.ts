import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { waitFor } from "../machine/process.ts";

/** An answer is the present state of things for this long. */
const RECENT_MS = 500;

/**
 * Waits until one node has the VIP and a live keepalived, the cloud says that it has, and the client gets its answers
 * from it, every way.
 *
 * @param isRight which node it may be
 * @throws with what every party saw last, and the nodes' last words
 */
export async function settled(lab: Lab, budgetMs: number, isRight: (node: Node) => boolean): Promise<Node> {
  const seen: string[] = [];
  return waitFor(
    "one node to serve, in the eyes of nodes, cloud and client",
    budgetMs,
    async () => {
      seen.length = 0;
      for (const node of lab.nodes) {
        const { keepalived, hasVip } = await node.state(lab.stack.vip);
        const held = lab.cloud.holderOf(lab.stack.vip)?.instanceId === node.stackNode.instanceId;
        const since = Date.now() - RECENT_MS;
        const ways = [...lab.client.addresses.keys()];
        const answering = ways.filter((via) => lab.client.firstAnswer(via, since, node.role));
        seen.push(
          `${node.role}: keepalived ${keepalived}, VIP ${hasVip}, cloud ${held}, answers through [${answering.join()}]`,
        );
        if (keepalived && hasVip && held && answering.length === ways.length && isRight(node)) return node;
      }
      return undefined;
    },
    async () => `${seen.join("; ")}\n${(await Promise.all(lab.nodes.map(lastWords))).join("\n")}`,
  );
}

/** What a node's keepalived and hook logged last. */
async function lastWords(node: Node): Promise<string> {
  const log = node.read("var/log/keepalived.log")?.trim().split("\n").slice(-5) ?? ["(no /var/log/keepalived.log)"];
  const receipts = node.isUp
    ? (await node.receipts(0)).slice(-2).map((receipt) => JSON.stringify(receipt))
    : ["(down)"];
  return [`${node.role}:`, ...log, ...receipts].join("\n  ");
}
