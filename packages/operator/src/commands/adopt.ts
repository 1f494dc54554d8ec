import { openCloud } from "cloud-client";
import { adoptionOf } from "../adopt/adoption.ts";
import { FINDERS } from "../adopt/finders/index.ts";
import { ADOPT_FILE, writeImports } from "../adopt/import-file.ts";
import { lookFor } from "../adopt/look.ts";
import { type Asked, refusalsOf } from "../adopt/refusals.ts";
import { jsonReport, textReport } from "../adopt/report.ts";
import { readStack, type Stack } from "../adopt/stack.ts";
import { command } from "../cli/command.ts";
import type { PAIR_ACTIONS, PairCloud } from "../cloud/actions.ts";
import { UsageError } from "../operator-error.ts";
import { PAIR_OPTIONS } from "../pair/open-pair.ts";
import { findKnownState, stackFolder } from "../stack/find-state.ts";
import { parseState } from "../stack/state.ts";

/** `pair adopt` */
export const adopt = command({
  name: "adopt",
  summary:
    "take what is in the cloud already into the stack's state: a pair whose state is lost, or what was made by hand",
  description: `Looks in the cloud for each resource of the synthesized stack that the state does not have, by what the stack says of
it: an instance by its private address, a VPC by name and range, and so on. For each that is there once it prints an import
block of Terraform's; what is not there is named. Neither the cloud nor the state is changed: the next deploy imports.
Refused where something is there several times, where a node is there without the other, or is another pair's, and where
Terraform would replace what it takes in.`,
  options: {
    stack: PAIR_OPTIONS.stack,
    state: PAIR_OPTIONS.state,
    id: {
      kind: "list",
      value: "ADDRESS=ID",
      description: "take this one for a resource, whatever it is named (may be repeated)",
    },
    gone: {
      kind: "text",
      value: "primary|secondary",
      description: "this node is gone for good; the deploy makes it anew",
    },
    write: { kind: "flag", description: `write the imports to ${ADOPT_FILE} in the stack's folder` },
    json: PAIR_OPTIONS.json,
    help: PAIR_OPTIONS.help,
  },
  examples: [
    { line: "pair adopt", purpose: "says what of the stack is there, and prints the import blocks" },
    { line: "pair adopt --write", purpose: "writes them where the next deploy takes them in" },
    {
      line: "pair adopt --id tencentcloud_vpc.Network_Vpc_FAC8F4A5=vpc-11111111",
      purpose: "takes a VPC that is named otherwise",
    },
    { line: "pair adopt --gone secondary", purpose: "after the state and a node were lost" },
  ],
  run: async ({ options, env, terminal, interruption }) => {
    const { gone, write, json } = options;
    if (gone !== undefined && gone !== "primary" && gone !== "secondary") {
      throw new UsageError(`'--gone' must be one of primary, secondary, got '${gone}'`);
    }
    const folder = stackFolder({ stack: options.stack });
    const stack = readStack(folder, env);
    const chosen = chosenIds(options.id, stack);
    const { progress } = terminal;
    const state = await findKnownState({ state: options.state, folder, env, progress, interruption });
    const cloud: PairCloud = openCloud<typeof PAIR_ACTIONS>(stack.region, env);
    progress(`looking for ${stack.resources.length} resources in ${stack.region}`);
    const all = await lookFor({
      ...{ cloud, resources: stack.resources, chosen },
      state: state === undefined ? [] : parseState(state.text, state.source),
    });
    const asked = await whoAsks(cloud, stack);
    const adoption = adoptionOf(stack.name, all, asked);
    const refusals = refusalsOf(all, asked, gone);
    const written = write && refusals.length === 0 && adoption.imports.length > 0;
    const file = written
      ? writeImports(
          folder,
          adoption.imports.map(({ to, id }) => ({ to, id })),
        )
      : undefined;
    if (json) terminal.log(jsonReport(adoption, refusals, file));
    else if (refusals.length === 0) terminal.log(textReport(adoption, file));
    else for (const refusal of refusals) terminal.error(`pair adopt: ${refusal}`);
    return refusals.length === 0 ? "well" : "refused";
  },
});

/** What `--id` says. */
function chosenIds(given: readonly string[], { resources }: Stack): ReadonlyMap<string, string> {
  return new Map(
    given.map((each) => {
      const [, address = "", id] = /^([^=]+)=(.+)$/.exec(each) ?? [];
      if (id === undefined) throw new UsageError(`'--id' must be ADDRESS=ID, got '${each}'`);
      const resource = resources.find((other) => other.address === address);
      if (resource === undefined) {
        throw new UsageError(
          `'--id' names ${address}, which the stack does not have: see the addresses in its .tf.json`,
        );
      }
      if (FINDERS[resource.type]?.choose === undefined) {
        throw new UsageError(`'--id' names ${address}, which has no id of its own: name what it belongs to`);
      }
      return [address, id] as const;
    }),
  );
}

async function whoAsks(cloud: PairCloud, { region }: Stack): Promise<Asked> {
  const { AccountId } = await cloud.call("sts", "GetCallerIdentity", {}).catch(() => ({ AccountId: undefined }));
  return { account: AccountId === undefined ? undefined : String(AccountId), region };
}
