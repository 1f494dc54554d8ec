import type { Mechanism } from "pairctl/contract";
import { forgetGoneAddresses } from "../lab/asked-addresses.ts";
import type { Ended } from "../operator/ended.ts";
import type { OperatedPair } from "../operator/operated-pair.ts";
import { aftermath, countFromNow } from "../operator/outage.ts";
import { overlaid, type Overlay } from "../operator/overlay.ts";
import { type Action, type Change, commandOf } from "./change.ts";
import { type Begun, judgeOutages, type SeenOutages } from "./outages.ts";
import { checkPlan, leftToDo, planSays, readJudgement } from "./plan-check.ts";
import type { ChangeResult } from "./result.ts";

/** How much is shown of what a program said. */
const LAST_CHARACTERS = 1_500;

/**
 * Takes a pair through a change, while a client asks all the time. Never throws: what goes wrong is in the result.
 *
 * @param kept what earlier changes have left in the settings
 */
export async function rehearseChange(
  change: Change,
  mechanism: Mechanism,
  pair: OperatedPair,
  kept: Overlay,
): Promise<ChangeResult> {
  const since = Date.now();
  const problems: string[] = [];
  const seen: Seen = { outages: {} };
  try {
    await walkThrough(change, pair, kept, problems, seen);
  } catch (error) {
    problems.push((error as Error).message.slice(-LAST_CHARACTERS));
  }
  const { name, what, actions, refusedWith, instead } = change;
  return {
    ...{ change: name, what, mechanism, problems, outages: seen.outages, plan: seen.plan ?? "not asked" },
    commands: actions.map(commandOf),
    ...(refusedWith !== undefined && { isRefused: true, instead: instead ?? "" }),
    seconds: Math.round((Date.now() - since) / 1_000),
  };
}

/** What is known of a change so far. */
interface Seen {
  plan?: string;
  outages: SeenOutages["outages"];
}

async function walkThrough(
  change: Change,
  pair: OperatedPair,
  kept: Overlay,
  problems: string[],
  seen: Seen,
): Promise<void> {
  const { before = {}, settings = {}, actions, refusedWith, outageBounds = {} } = change;
  const had = overlaid(kept, before);
  await pair.settle(had);
  await change.prepare?.(pair);
  const wanted = overlaid(had, settings);
  await pair.synthesize(wanted);
  const checked = change.plan && (await pair.judge(await change.plan(pair, wanted)));
  seen.plan = planSays(checked ? readJudgement(checked) : await checkPlan(pair, ...planArguments(actions)));
  if (seen.plan !== change.planSays) problems.push(`'pair plan' says '${seen.plan}' instead of '${change.planSays}'`);

  const { client } = pair.lab;
  forgetGoneAddresses(pair.lab);
  const from = countFromNow(client);
  const begun: Begun[] = [];
  using writes = new Writes(pair);
  const stateBefore = pair.terraformState;
  for (const [index, action] of actions.entries()) {
    begun.push({ what: commandOf(action), at: Date.now() });
    const isLast = index === actions.length - 1;
    const problem = problemOf(action, await take(action, pair, checked), isLast ? refusedWith : undefined);
    if (problem === undefined) continue;
    problems.push(problem);
    break;
  }
  if (refusedWith !== undefined) {
    if (writes.actions.length > 0) problems.push(`it was refused, and has called ${writes.actions.join(", ")}`);
    if (pair.terraformState !== stateBefore) problems.push("it was refused, and has changed Terraform's state");
  }
  const judged = judgeOutages(client, await aftermath(from), outageBounds, begun);
  seen.outages = judged.outages;
  problems.push(...judged.problems);
  const { status, said } = await pair.pair("status");
  if (status !== 0) problems.push(`after it 'pair status' ends with ${status}:\n${said.slice(-LAST_CHARACTERS)}`);
  if (refusedWith !== undefined) await pair.synthesize(had);
  const left = leftToDo(await checkPlan(pair));
  if (left.length > 0) problems.push(`the next plan is not empty: ${left.join("; ").slice(0, LAST_CHARACTERS)}`);
  await change.audit?.(pair);
}

/** What the plan is made with, as the first action will be. */
function planArguments([first]: readonly Action[]): readonly string[] {
  if (first?.kind === "destroy") return ["-destroy"];
  return first?.kind === "deploy" ? (first.args ?? []) : [];
}

/** @param checked what `pair plan` said of a plan that was made in another way */
async function take(action: Action, pair: OperatedPair, checked: Ended | undefined): Promise<Ended> {
  if (action.kind === "check") {
    if (checked === undefined) throw new Error("a change that is checked only says how its plan is made");
    return checked;
  }
  if (action.kind === "deploy") return pair.apply(...(action.args ?? []));
  if (action.kind === "destroy") return pair.destroy();
  if (action.kind === "pair") return pair.pair(...action.args);
  await action.take(pair);
  return { status: 0, output: "", said: "" };
}

function problemOf(action: Action, { status, said }: Ended, refusedWith: RegExp | undefined): string | undefined {
  // Terraform breaks lines, and draws boxes around errors.
  const words = said.replace(/[\s│╷╵]+/g, " ");
  const isAsItMust = refusedWith === undefined ? status === 0 : status !== 0 && refusedWith.test(words);
  if (isAsItMust) return undefined;
  const wanted = refusedWith === undefined ? "" : `, and not with '${refusedWith.source}'`;
  return `'${commandOf(action)}' ended with ${status}${wanted}:\n${said.slice(-LAST_CHARACTERS)}`;
}

/** The calls by which somebody other than the nodes changes something in the cloud. */
class Writes implements Disposable {
  readonly actions: string[] = [];
  readonly #end: () => void;

  constructor({ lab }: OperatedPair) {
    this.#end = lab.cloud.on("call", ({ action, service, instanceId }) => {
      // A command on a node is no change of the cloud; that the nodes stay as they are, the client and the status say.
      const isWrite = !/^(Describe|Get|List)/.test(action) && service !== "tat";
      if (isWrite && instanceId === undefined) this.actions.push(action);
    });
  }

  [Symbol.dispose](): void {
    this.#end();
  }
}
