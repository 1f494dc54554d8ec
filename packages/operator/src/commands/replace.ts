import { command } from "../cli/command.ts";
import { UsageError } from "../operator-error.ts";
import { judge } from "../pair/judge.ts";
import { withLock } from "../pair/lock.ts";
import { PAIR_OPTIONS } from "../pair/open-pair.ts";
import { openWholePair } from "../roll/open-whole-pair.ts";
import { replaceNode } from "../roll/replace.ts";
import { stackFolder } from "../stack/find-state.ts";

/** `pair replace` */
export const replace = command({
  name: "replace",
  summary: "make one node anew, such as one that is gone for good",
  description: `Has Terraform replace the instance of one node, or create it where it was deleted, and waits until the new one is
associated, set up, BACKUP and able. What is on the disks of the old one is lost. The other node has to serve, and is not
touched; where the node itself serves, it hands over first, and the other one has to be able. Run again after an
interruption, it makes the node anew once more where that had been begun.`,
  positionals: "primary|secondary",
  options: PAIR_OPTIONS,
  examples: [
    { line: "pair replace secondary", purpose: "after its instance was lost or broken" },
    { line: "pair replace primary", purpose: "where it serves, traffic has the outage of a graceful switch" },
  ],
  run: async (invocation) => {
    const { terminal, options, positionals, env, interruption, clock } = invocation;
    const [role, more] = positionals;
    if ((role !== "primary" && role !== "secondary") || more !== undefined) {
      throw new UsageError(`the node must be one of primary, secondary, got '${positionals.join(" ")}'`);
    }
    if (options.state !== undefined)
      throw new UsageError("'--state' does not go with replace, which plans: name the stack with --stack");
    const terraform = {
      folder: stackFolder({ stack: options.stack }),
      ...{ env, interruption, progress: terminal.progress },
    };
    const reopen = () => openWholePair(invocation, terraform);
    const reach = await reopen();
    return withLock(reach, "pair replace", async (lock) => {
      const view = await replaceNode(role, { terminal, interruption, clock, terraform, lock, reopen });
      const { outcome, problems } = judge(view);
      const [primary, secondary] = view.nodes;
      const { instanceId } = (role === "primary" ? primary : secondary).node;
      if (options.json) terminal.log(JSON.stringify({ replaced: role, instanceId, problems }, null, 2));
      else for (const line of [`the ${role} is ${instanceId} now`, ...problems]) terminal.log(line);
      return outcome;
    });
  },
});
