import { command } from "../cli/command.ts";
import { UsageError } from "../operator-error.ts";
import { withLock } from "../pair/lock.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import { planOf, roll as rollThrough } from "../roll/roll.ts";
import { stackFolder } from "../stack/find-state.ts";

/** `pair roll` */
export const roll = command({
  name: "roll",
  summary: "carry out what is planned for the nodes, one at a time, the standby first",
  description: `Carries out what Terraform plans for the two nodes, such as another instance type, which a deploy does to both at
once: the standby is changed first, and has to be set up, BACKUP and able; then the other one hands over, and is changed.
Traffic has the outage of one graceful switch. No node is touched while its peer does not serve. It stops at the first
thing that is not as it must be; run again, it finds from the world where it was, also after a crash. It needs the stack
as it was synthesized: 'cdktf synth' first.`,
  options: {
    ...PAIR_OPTIONS,
    "dry-run": { kind: "flag", description: "say what would be done, and change nothing" },
  },
  examples: [
    { line: "cdktf synth && pair roll --dry-run", purpose: "after a change of instanceType in the settings" },
    { line: "pair roll", purpose: "carries it out; again, after an interruption" },
  ],
  run: async (invocation) => {
    const { terminal, options, env, interruption } = invocation;
    if (options.state !== undefined)
      throw new UsageError("'--state' does not go with roll, which plans: name the stack with --stack");
    const folder = stackFolder({ stack: options.stack });
    const terraform = { folder, env, interruption };
    const reach = await openPair(invocation);
    terminal.progress("asking Terraform what is planned");
    const planned = await planOf({ terraform }, reach);
    for (const { node, what, isQuiet } of planned.nodes) {
      terminal.progress(`${node.role}: ${what}${isQuiet ? " (does not disturb it)" : " (takes the node out)"}`);
    }
    if (options["dry-run"]) {
      const told = planned.nodes.map(({ node, what, isQuiet }) => ({ role: node.role, what, isQuiet }));
      if (options.json) terminal.log(JSON.stringify({ nodes: told, others: planned.others }, null, 2));
      else
        terminal.log(
          planned.nodes.length === 0 ? "nothing is planned for the nodes" : "nothing was changed: a dry run",
        );
      return "well";
    }
    return withLock(reach, "pair roll", async (lock) => {
      const others = await rollThrough({ terminal, interruption, terraform, lock, reopen: () => openPair(invocation) });
      if (options.json)
        terminal.log(JSON.stringify({ rolled: planned.nodes.map(({ node }) => node.role), others }, null, 2));
      else {
        terminal.log("the nodes are as planned, and the pair has its standby");
        if (others.length > 0) {
          terminal.log(
            `left alone: ${others.map(({ address }) => address).join(", ")}; 'cdktf deploy' carries that out`,
          );
        }
      }
      return "well";
    });
  },
});
