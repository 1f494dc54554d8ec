import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { afterTwoLooks } from "../timing/bounds.ts";
import { timingOf } from "../timing/timing.ts";

/** That a node has the address in the eyes of the cloud, which pairctl or keepalived sees to. */
export function addressWith(lab: Lab, node: Node): Awaited<true> {
  return {
    what: `the address on the ${node.role}`,
    budgetMs: afterTwoLooks(timingOf(lab)),
    look: () => {
      const holder = lab.holderOf(lab.stack.vip) ?? "nobody";
      return holder === node.role ? { found: true } : { seen: `it is on ${holder}` };
    },
  };
}
