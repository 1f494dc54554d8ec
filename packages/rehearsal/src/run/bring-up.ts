import type { Lab } from "../lab/lab.ts";
import { type Awaited, waitFor } from "../machine/wait.ts";
import { userDataErrors, withCauses } from "../nodes/diagnosis.ts";
import type { Node } from "../nodes/node.ts";
import { servingPair } from "./serving-pair.ts";

const FIRST_BOOT_BUDGET_MS = 90_000;
/** For the packages that a first boot installs. */
const INSTALLATION_BUDGET_MS = 120_000;

/**
 * Boots both nodes for the first time, the primary a little before the secondary.
 *
 * @param latenessMs how much later the pair may serve, since the cloud gives late what it needs
 * @returns the node that serves
 * @throws where a boot fails or nobody serves
 */
export async function bringUp(lab: Lab, latenessMs = 0): Promise<Node> {
  for (const node of lab.nodes) {
    lab.timeline.note(node.role, "power", "boots the user data");
    await node.powerOn();
  }
  try {
    const boots = await Promise.allSettled(
      lab.nodes.map((node) => waitFor(endOfFirstBoot(node, lab.installsPackages, latenessMs))),
    );
    for (const boot of boots) if (boot.status === "rejected") throw boot.reason;
    for (const node of lab.nodes) requireUserData(node);
    requireOwnCgroups(lab.nodes);
    for (const node of lab.nodes) await requireAgent(lab, node);
    const { node } = await waitFor(servingPair(lab, latenessMs));
    return node;
  } catch (error) {
    throw new Error(await withCauses((error as Error).message, lab.nodes), { cause: error });
  }
}

/**
 * The end of a node's first boot, without errors.
 *
 * @param latenessMs where the cloud gives late what the node needs: the boot may fail then, and the setup goes on behind it
 */
export function endOfFirstBoot(node: Node, installsPackages = false, latenessMs = 0): Awaited<true> {
  return {
    what: `the end of the ${node.role}'s first boot`,
    budgetMs: FIRST_BOOT_BUDGET_MS + latenessMs + (installsPackages ? INSTALLATION_BUDGET_MS : 0),
    look: () => {
      const result = node.read("var/lib/cloud/data/result.json");
      if (result === undefined) return { seen: node.bootLog().split("\n").at(-1) ?? "" };
      const { errors } = (JSON.parse(result) as { v1: { errors: string[] } }).v1;
      if (errors.length > 0 && latenessMs === 0)
        throw new Error(`the ${node.role}'s first boot failed: ${errors.join("; ")}`);
      return { found: true };
    },
  };
}

/** @throws where the node has booted without its user data: nobody has to be waited for then */
function requireUserData(node: Node): void {
  const [error] = userDataErrors(node);
  if (error !== undefined) throw new Error(`the ${node.role} has booted bare`);
}

/** @throws where the account's owner does not reach a node through the cloud's automation, or another one than meant */
async function requireAgent({ owner }: Lab, { stackNode: { instanceId, instanceName } }: Node): Promise<void> {
  const name = await owner.runCommand(instanceId, "hostname");
  if (name.trim() !== instanceName) throw new Error(`TAT reaches '${name.trim()}' at '${instanceName}'`);
}

/** @throws where the systemd of one node could remove those of the other's units */
function requireOwnCgroups(nodes: readonly Node[]): void {
  const [one, other] = nodes;
  const shared = one?.cgroups.filter((cgroup) => other?.cgroups.includes(cgroup)) ?? [];
  if (shared.length > 0) throw new Error(`the nodes share a cgroup: ${shared.join()}`);
}
