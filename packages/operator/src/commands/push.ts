import { command } from "../cli/command.ts";
import { withLock } from "../pair/lock.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import type { WaitContext } from "../pair/wait-until.ts";
import { deliver, deliveriesOf, type Delivery, tryOnNodes } from "../push/push.ts";

/** `pair push` */
export const push = command({
  name: "push",
  summary: "deliver what the stack says to the running nodes, without replacing them",
  description: `A deploy changes the user data of running nodes, which read it at their first boot only. This delivers what has
changed of it: keepalived's parameters, health checks, notify commands, pairctl and its settings. Each node tries it
first, beside what is in use; then the standby gets it, then the node that serves, which goes on serving. A node that does
not become well with it gets its old files back, and so does the other one. A change of what VRRP says on the wire, such as
advertInt or virtualRouterId, stops the standby meanwhile, and may cost the time of an election.`,
  options: {
    ...PAIR_OPTIONS,
    "dry-run": { kind: "flag", description: "try it on the nodes, and put nothing in place" },
  },
  examples: [
    { line: "cdktf deploy && pair push", purpose: "after a change of a health check" },
    { line: "pair push --dry-run", purpose: "whether the nodes would accept it" },
  ],
  run: async (invocation) => {
    const { terminal, options, interruption, clock } = invocation;
    const reach = await openPair(invocation);
    const context: WaitContext = { reach, terminal, interruption, clock };
    return withLock(reach, "pair push", async (lock) => {
      const deliveries = deliveriesOf(await observe(reach));
      const isInStep = deliveries.every(({ files }) => files.length === 0);
      const areAtOnce = await tryOnNodes(context, deliveries);
      if (!isInStep && !options["dry-run"]) await deliver(context, deliveries, areAtOnce, lock);
      if (options.json)
        terminal.log(JSON.stringify({ delivered: !options["dry-run"], nodes: deliveries.map(told) }, null, 2));
      else if (isInStep) terminal.log("both nodes run what the stack says: nothing to deliver");
      else for (const each of deliveries) terminal.log(deliveryLine(each, options["dry-run"]));
      return "well";
    });
  },
});

function told({ view: { node }, files }: Delivery) {
  return { role: node.role, files: files.map(({ path }) => path) };
}

function deliveryLine({ view: { node }, files }: Delivery, isDryRun: boolean): string {
  if (files.length === 0) return `${node.role}: has everything already`;
  return `${node.role}: ${isDryRun ? "would accept" : "has got"} ${files.map(({ path }) => path).join(", ")}`;
}
