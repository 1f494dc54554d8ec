import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { afterTwoLooks } from "../timing/bounds.ts";

/** That a node has the address in the eyes of the cloud, which pairctl or keepalived sees to. */
export function addressWith(lab: Lab, node: Node): Awaited<true> {
  return {
    what: `the address on the ${node.role}`,
    budgetMs: afterTwoLooks({ advertIntMs: lab.stack.advertIntMs, taskMs: lab.cloud.taskMs }),
    look: () => {
      const holder = lab.nameOf(lab.cloud.holderOf(lab.stack.vip)?.instanceId) ?? "nobody";
      return holder === node.role ? { found: true } : { seen: `it is on ${holder}` };
    },
  };
}
