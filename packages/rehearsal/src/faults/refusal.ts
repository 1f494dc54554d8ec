import { signalOf } from "../audit/signals.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";

/** A first boot, and the tries of its setup, on a busy machine. */
const BUDGET_MS = 150_000;

/** What a node says that cannot take over, in each place where somebody may look. */
export interface RefusalWords {
  /** On its console, behind "this node is NOT set up". */
  readonly console: RegExp;
  /** By `pairctl status`. */
  readonly status: RegExp;
}

/**
 * That a node has said why it cannot take over: on the console, in `cloud-init status`, in `pairctl status`, and by its
 * metrics, which are red or not there.
 */
export function refusal(node: Node, words: RefusalWords): Awaited<true> {
  return {
    what: `the word of the ${node.role} why it cannot take over`,
    budgetMs: BUDGET_MS,
    everyMs: 1_000,
    look: async () => {
      const seen = await places(node, words);
      const silent = seen.filter(({ says }) => !says);
      if (silent.length === 0) return { found: true };
      return { seen: silent.map(({ where, text }) => `${where}: '${text.trim() || "nothing"}'`).join("; ") };
    },
  };
}

/** What each place shows, and whether that is enough. */
async function places(node: Node, words: RefusalWords) {
  const [cloudInit, status] = await Promise.all([
    node.exec(["cloud-init", "status"]),
    node.exec(["sh", "-c", "pairctl status 2>&1"]),
  ]);
  const refused = node.console().match(/keepalived pair: this node is NOT set up[^\r\n]*/g) ?? [];
  const { isRed, shows } = signalOf(node);
  return [
    { where: "the console", text: refused.at(-1) ?? "", says: refused.some((line) => words.console.test(line)) },
    { where: "cloud-init status", text: cloudInit.stdout, says: /^status: error\b/m.test(cloudInit.stdout) },
    {
      where: "pairctl status",
      text: status.stdout,
      says: status.status !== 0 && words.status.test(status.stdout),
    },
    { where: "metrics", text: shows, says: isRed },
  ];
}
