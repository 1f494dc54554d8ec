import { command } from "../cli/command.ts";
import { judge } from "../pair/judge.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import { statusJson, statusLines } from "../pair/status-text.ts";

/** `pair status` */
export const status = command({
  name: "status",
  summary: "who serves, since when, and whether the other one could take over",
  description: `Asks the cloud and both nodes who has the address, and whether they agree; whether the standby could take
over; and whether each node runs what the stack says. Changes nothing.`,
  options: PAIR_OPTIONS,
  examples: [
    { line: "pair status", purpose: "in the folder where 'cdktf deploy' runs" },
    { line: "pair status --json | jq .serves", purpose: "for a script: yes, no or unknown" },
    { line: "pair status --state web-pair.tfstate --ssh ubuntu@", purpose: "without the stack, by ssh" },
  ],
  run: async (invocation) => {
    const { terminal, options } = invocation;
    const reach = await openPair(invocation);
    terminal.progress(`asking the cloud and both nodes of ${reach.pair.name} by ${reach.access.name}`);
    const view = await observe(reach);
    const judgement = judge(view);
    if (options.json) terminal.log(JSON.stringify(statusJson(view, judgement), null, 2));
    else for (const line of statusLines(view, judgement)) terminal.log(line);
    return judgement.outcome;
  },
});
