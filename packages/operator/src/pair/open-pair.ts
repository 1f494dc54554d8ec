import { openCloud } from "cloud-client";
import { sshAccess } from "../access/ssh.ts";
import { tatAccess } from "../access/tat.ts";
import type { Invocation, OptionSpecs } from "../cli/command.ts";
import type { PAIR_ACTIONS } from "../cloud/actions.ts";
import { choosePair, pairsOf } from "../stack/deployed-pair.ts";
import { findState } from "../stack/find-state.ts";
import { parseState } from "../stack/state.ts";
import type { Reach } from "./observe.ts";

/** The options of every command that looks at a running pair. */
export const PAIR_OPTIONS = {
  stack: {
    kind: "text",
    value: "FOLDER",
    description: "the stack's folder, or one in which 'cdktf deploy' runs (default: this one)",
  },
  state: { kind: "text", value: "FILE", description: "take the state from this file instead" },
  pair: { kind: "text", value: "NAME", description: "which pair, where the stack has several" },
  ssh: {
    kind: "text",
    value: "USER@",
    description: "reach the nodes by ssh instead of the cloud's automation (TAT)",
  },
  json: { kind: "flag", description: "print JSON" },
  help: { kind: "flag", description: "this text" },
} as const satisfies OptionSpecs;

/** What a command that looks at a running pair is called with. */
export type PairInvocation = Pick<Invocation<typeof PAIR_OPTIONS>, "options" | "env">;

/**
 * Finds the pair of the stack, and the way to its nodes.
 *
 * @throws OperatorError where there is no state, or no such pair
 * @throws CredentialsError where there are no credentials
 */
export async function openPair({ options, env }: PairInvocation): Promise<Reach> {
  const { state, stack, pair: name, ssh } = options;
  const found = await findState({ state, stack, env });
  const pair = choosePair(pairsOf(parseState(found.text, found.source)), name, found.source);
  const cloud = openCloud<typeof PAIR_ACTIONS>(pair.region, env);
  return { pair, cloud, access: ssh === undefined ? tatAccess(cloud) : sshAccess(ssh) };
}
