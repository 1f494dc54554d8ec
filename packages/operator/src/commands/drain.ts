import { command } from "../cli/command.ts";
import { chooseNode, parseNodeName } from "../pair/choose-node.ts";
import { withLock } from "../pair/lock.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import { holderOf, type NodeView, type PairView } from "../pair/pair-view.ts";
import { drainNode, requireFitPair, requireServing } from "../pair/steps.ts";

/** `pair drain` */
export const drain = command({
  name: "drain",
  summary: "take a node out of the pair; where it serves, the other one takes over first",
  description: `Stops keepalived on a node and keeps it stopped, also over a reboot, until 'pair undrain'. Where the node serves,
traffic moves to the other one, with the outage of a graceful switch. Refused where the other one could not serve.`,
  positionals: "primary|secondary|serving|standby",
  options: PAIR_OPTIONS,
  examples: [
    { line: "pair drain serving", purpose: "before work on the node that serves" },
    { line: "pair drain standby", purpose: "no traffic moves; the pair has no standby meanwhile" },
  ],
  run: async (invocation) => {
    const { terminal, options, positionals, interruption, clock } = invocation;
    const name = parseNodeName(positionals);
    const reach = await openPair(invocation);
    const context = { reach, terminal, interruption, clock };
    return withLock(reach, "pair drain", async () => {
      const before = await observe(reach);
      const target = chooseNode(before, name);
      const { role } = target.node;
      if (!target.report?.isDrained) {
        requirePeer(before, target);
        terminal.progress(
          `stopping keepalived on the ${role}${target === holderOf(before) ? ": its peer takes over" : ""}`,
        );
        await drainNode(context, target);
      }
      if (options.json) terminal.log(JSON.stringify({ drained: role }));
      else
        terminal.log(`the ${role} is drained; the other node serves, without a standby until 'pair undrain ${role}'`);
      return "well";
    });
  },
});

/** @throws OperatorError `refused` where nobody would serve */
function requirePeer(view: PairView, target: NodeView): void {
  if (target === holderOf(view)) requireFitPair(view);
  else requireServing(view);
}
