import { command } from "../cli/command.ts";
import { UsageError } from "../operator-error.ts";
import { judge } from "../pair/judge.ts";
import { withLock } from "../pair/lock.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import { WAYS } from "../roll/change-node.ts";
import { openWholePair } from "../roll/open-whole-pair.ts";
import { planOf, requireMayReplace, roll as rollThrough, type RollResult } from "../roll/roll.ts";
import { stackFolder } from "../stack/find-state.ts";

/** `pair roll` */
export const roll = command({
  name: "roll",
  summary: "give the nodes what the stack says, one at a time, the standby first",
  description: `Gives the two nodes what the stack says and they do not have: what Terraform plans for them, and what a deploy leaves
alone on nodes that run, such as another instance type. The standby is changed first, and has to be set up, BACKUP and
able; then the other one hands over, and is changed. Traffic has the outage of one graceful switch.

The instance type alone is changed in place: the node is stopped and started, and its disks stay. For the host name, disks,
image, key pairs and agents the node is replaced by a new instance, and what is on its disks is lost: only with --replace.

No node is touched while its peer does not serve. It stops at the first thing that is not as it must be; run again, with
the same options, it finds from the world where it was, also after a crash. It needs the stack as it was synthesized:
'cdktf synth' first.`,
  options: {
    ...PAIR_OPTIONS,
    replace: { kind: "flag", description: "nodes may be replaced: what is on their disks is lost" },
    "dry-run": { kind: "flag", description: "say what would be done, and change nothing" },
  },
  examples: [
    { line: "cdktf synth && pair roll --dry-run", purpose: "after a change of instanceType in the settings" },
    { line: "pair roll", purpose: "carries it out; again, after an interruption" },
    { line: "pair roll --replace", purpose: "after a change of the disks, the image or a host name" },
  ],
  run: async (invocation) => {
    const { terminal, options, env, interruption, clock } = invocation;
    if (options.state !== undefined)
      throw new UsageError("'--state' does not go with roll, which plans: name the stack with --stack");
    const terraform = {
      folder: stackFolder({ stack: options.stack }),
      ...{ env, interruption, progress: terminal.progress },
    };
    const open = () => (options["dry-run"] ? openPair(invocation) : openWholePair(invocation, terraform));
    const reach = await open();
    terminal.progress("asking Terraform what is planned");
    const planned = await planOf({ terraform }, reach);
    for (const { node, what, way } of planned.nodes) terminal.progress(`${node.role}: ${what} (${WAYS[way]})`);
    const told = planned.nodes.map(({ node, what, way }) => ({ role: node.role, what, way }));
    if (options["dry-run"]) {
      if (options.json) terminal.log(JSON.stringify({ nodes: told, others: planned.others }, null, 2));
      else terminal.log(told.length === 0 ? "the nodes have what the stack says" : "nothing was changed: a dry run");
      return "well";
    }
    requireMayReplace(planned.nodes, options.replace);
    return withLock(reach, "pair roll", async (lock) => {
      const context = {
        ...{ terminal, interruption, clock, terraform, lock },
        ...{ reopen: open, mayReplace: options.replace },
      };
      const result = await rollThrough(context);
      const { outcome, problems } = judge(result.view);
      if (options.json) terminal.log(JSON.stringify({ rolled: told, others: result.others, problems }, null, 2));
      else for (const line of endOf(result, problems)) terminal.log(line);
      return outcome;
    });
  },
});

function endOf({ others }: RollResult, problems: readonly string[]): string[] {
  const left = others.map(({ address }) => address).join(", ");
  return [
    problems.length === 0
      ? "the nodes have what the stack says, and the pair has its standby"
      : "the nodes have what the stack says",
    ...problems,
    ...(left === "" ? [] : [`left alone: ${left}; 'cdktf deploy' carries that out`]),
  ];
}
