import { afterFirstBoot } from "../timing/bounds.ts";
import type { Fault, Scene } from "../faults/fault.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { timingOf } from "../timing/timing.ts";

/** The nodes' being what a fault finds them as in a campaign of single faults: an earlier one has healed, but they may still boot. */
export function readyForStrike(
  { levers = [] }: Pick<Fault, "levers">,
  { lab, serving, standby }: Scene,
): Awaited<true> {
  const nodes = new Set<Node>();
  const withKeepalived = new Set<Node>();
  for (const [whose, node] of [
    ["serving", serving],
    ["standby", standby],
  ] as const) {
    const own = levers.filter((lever) => lever.endsWith(` of ${whose}`));
    if (own.length > 0) nodes.add(node);
    if (own.some((lever) => lever.startsWith("keepalived"))) withKeepalived.add(node);
  }
  const timing = timingOf(lab);
  return {
    what: "the nodes that are struck",
    budgetMs: afterFirstBoot(timing),
    everyMs: 100,
    look: () => {
      for (const node of nodes) if (!node.isUp) return { seen: `the ${node.role} is down` };
      for (const node of withKeepalived) {
        if (node.processes("keepalived").length < 2) return { seen: `keepalived is starting on the ${node.role}` };
      }
      return { found: true };
    },
  };
}
