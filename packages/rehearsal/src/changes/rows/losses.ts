import { rmSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "../../machine/wait.ts";
import type { OperatedPair } from "../../operator/operated-pair.ts";
import { type Change, DEPLOY } from "../change.ts";

/** An instance is gone after so long, at most. */
const TERMINATION_MS = 30_000;

/** Lets the primary serve, so that the secondary is the standby, whatever earlier changes have left. */
async function letPrimaryServe(pair: OperatedPair): Promise<void> {
  const { lab } = pair;
  if (lab.holderOf(lab.stack.vip) === "primary") return;
  const { status, said } = await pair.pair("drill");
  if (status !== 0) throw new Error(`the primary could not take over:\n${said}`);
}

/** Takes the secondary back to the cloud in the console, and its disk with it. */
async function terminateSecondary({ lab }: OperatedPair): Promise<void> {
  const { instanceId } = lab.node("secondary").stackNode;
  await lab.owner.call("cvm", "TerminateInstances", { InstanceIds: [instanceId] });
  await waitFor({
    what: `the end of ${instanceId}`,
    budgetMs: TERMINATION_MS,
    look: () => {
      const left = lab.cloud.state.instances.get(instanceId);
      return left === undefined ? { found: true } : { seen: left.instanceState };
    },
  });
}

/** @throws where there is more in the cloud than one pair needs */
function requireOnePair({ lab }: OperatedPair): void {
  const { vpcs, subnets, instances, addresses } = lab.cloud.state;
  const has = JSON.stringify([vpcs, subnets, instances, addresses].map(({ size }) => size));
  const wanted = JSON.stringify([1, 1, 2, 1]);
  if (has !== wanted)
    throw new Error(`the cloud must have ${wanted} VPCs, subnets, instances and EIPs, and has ${has}`);
}

/** What is gone for good, and comes back without touching what serves. */
export const LOSSES: readonly Change[] = [
  {
    name: "node-gone",
    what: "the secondary, the standby, is gone for good",
    prepare: letPrimaryServe,
    planSays: "nothing",
    actions: [
      { kind: "hand", what: "its instance is terminated", take: terminateSecondary },
      { kind: "pair", args: ["replace", "secondary"] },
    ],
    isKept: true,
  },
  {
    name: "state-lost",
    what: "Terraform's state is lost",
    planSays: "nothing",
    actions: [
      { kind: "hand", what: "the state is lost", take: async (pair) => pair.loseState() },
      { kind: "pair", args: ["adopt", "--write"] },
      DEPLOY,
      {
        kind: "hand",
        what: "`rm adopt.tf.json`",
        take: async (pair) => rmSync(join(pair.stackFolder, "adopt.tf.json")),
      },
    ],
    audit: requireOnePair,
  },
];
