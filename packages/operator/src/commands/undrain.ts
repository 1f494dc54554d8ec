import { command } from "../cli/command.ts";
import { chooseNode, parseNodeName } from "../pair/choose-node.ts";
import { withLock } from "../pair/lock.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import { undrainNode } from "../pair/steps.ts";

/** `pair undrain` */
export const undrain = command({
  name: "undrain",
  summary: "bring a drained node back, as the standby",
  description: `Starts keepalived again on a node that was drained, and waits until it could take over. No traffic moves, unless
the pair was made to preempt, or nobody serves.`,
  positionals: "primary|secondary|serving|standby",
  options: PAIR_OPTIONS,
  examples: [{ line: "pair undrain standby", purpose: "the node that 'pair drain' has taken out" }],
  run: async (invocation) => {
    const { terminal, options, positionals, interruption, clock } = invocation;
    const name = parseNodeName(positionals);
    const reach = await openPair(invocation);
    return withLock(reach, "pair undrain", async () => {
      const target = chooseNode(await observe(reach), name);
      const { role } = target.node;
      terminal.progress(`starting keepalived on the ${role}`);
      await undrainNode({ reach, terminal, interruption, clock }, target);
      if (options.json) terminal.log(JSON.stringify({ undrained: role }));
      else terminal.log(`the ${role} is back in the pair`);
      return "well";
    });
  },
});
