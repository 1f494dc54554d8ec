import { OperatedPair, type OperatedPairOptions } from "./operated-pair.ts";
import { aftermath, countFromNow, longestOutage } from "./outage.ts";
import type { Step } from "./steps.ts";

/** What became of a step. */
export interface StepResult {
  readonly step: string;
  readonly purpose: string;
  readonly outageMs: number;
  readonly seconds: number;
  /** What did not go as it must; empty where all did. */
  readonly problems: readonly string[];
}

/**
 * Deploys a pair with the real provider, boots it, and takes it through commands of the operator's, while a client asks
 * all the time. Runs in namespaces of its own.
 */
export async function rehearseOperator(
  spec: OperatedPairOptions,
  steps: readonly Step[],
  tell: (result: StepResult) => void,
  say: (line: string) => void,
): Promise<void> {
  await using pair = await OperatedPair.open(spec);
  say(`${spec.mechanism}: the pair is deployed and up`);
  for (const step of steps) tell(await rehearseStep(step, pair));
}

async function rehearseStep(step: Step, pair: OperatedPair): Promise<StepResult> {
  const since = Date.now();
  // What the step before has left behind is not this one's affair.
  await pair.settle({});
  if (step.change !== undefined) await change(pair, step.change);
  const { client } = pair.lab;
  const from = countFromNow(client);
  const problems: string[] = [];
  for (const [index, [command, ...args]] of step.commands.entries()) {
    const { status, said } = await pair.pair(command, ...args);
    const wanted = index === step.commands.length - 1 ? (step.status ?? 0) : 0;
    if (status !== wanted) {
      problems.push(`'pair ${[command, ...args].join(" ")}' ended with ${status} instead of ${wanted}:\n${said}`);
      break;
    }
  }
  const span = await aftermath(from);
  const outageMs = Math.max(...[...client.addresses.keys()].map((via) => longestOutage(client, via, span)));
  if (outageMs > step.outageBoundMs) problems.push(`the client got no answer for ${outageMs} ms`);
  const well = await pair.pair("status");
  if (well.status !== (step.statusAfter ?? 0))
    problems.push(`after it 'pair status' ends with ${well.status}:\n${well.said}`);
  return { step: step.name, purpose: step.purpose, outageMs, seconds: (Date.now() - since) / 1_000, problems };
}

async function change(pair: OperatedPair, { settings, isDeployed }: Required<Step>["change"]): Promise<void> {
  await pair.synthesize(settings);
  if (!isDeployed) return;
  const { status, said } = await pair.apply();
  if (status !== 0) throw new Error(`the change could not be deployed:\n${said}`);
}
