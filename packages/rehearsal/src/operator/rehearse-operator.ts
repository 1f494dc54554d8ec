import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseDocument } from "yaml";
import { deployedStack } from "../deploy/deployed.ts";
import { Deploy } from "../deploy/deploy.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import { Disposables } from "../machine/disposables.ts";
import { run } from "../machine/process.ts";
import { Timeline } from "../report/timeline.ts";
import { bringUp } from "../run/bring-up.ts";
import type { LabSpec } from "../run/messages.ts";
import { readStack } from "../stack/stack.ts";
import { synthesizedPair } from "../stack/synth.ts";
import { PowerFollower } from "./follow-power.ts";
import { longestOutage } from "./outage.ts";
import { runPair } from "./pair-command.ts";
import type { SettingsChange, Step } from "./steps.ts";

const FOLDER = "/run/rehearsal";

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
  spec: LabSpec & { readonly plugins: string },
  steps: readonly Step[],
  tell: (result: StepResult) => void,
  say: (line: string) => void,
): Promise<void> {
  await run("mount", ["-t", "tmpfs", "-o", "mode=755,size=4g", "tmpfs", "/run"]);
  for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
  await using started = new Disposables();
  const { settingsFile, mechanism, plugins } = spec;
  const synthesized = readStack(synthesizedPair(settingsFile, mechanism, FOLDER, spec.settings));
  let deploy: Deploy | undefined;
  const openCloud = async (options: CloudOptions): Promise<PopulatedCloud> => {
    await using opening = new Disposables();
    deploy = opening.use(
      await Deploy.open({ settingsFile, mechanism, plugins, folder: join(FOLDER, "deploy"), cloud: options }),
    );
    await deploy.apply();
    const stack = deployedStack(synthesized, deploy.cloud);
    const opened = opening.keep();
    return { cloud: deploy.cloud, stack, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  };
  const timeline = new Timeline(() => undefined);
  const lab = started.use(
    await Lab.start({ ...spec, stack: synthesized, openCloud, folder: join(FOLDER, "lab"), timeline }),
  );
  if (deploy === undefined) throw new Error("nothing was deployed");
  await bringUp(lab);
  started.use(new PowerFollower(lab));
  say(`${mechanism}: the pair is deployed and up`);
  for (const step of steps) tell(await rehearseStep(step, lab, deploy));
}

async function rehearseStep(step: Step, lab: Lab, deploy: Deploy): Promise<StepResult> {
  const since = Date.now();
  if (step.change !== undefined) await change(deploy, step.change);
  lab.client.forget(Date.now());
  const from = Date.now();
  const problems: string[] = [];
  for (const [index, args] of step.commands.entries()) {
    const { status, said } = await runPair([...args, "--stack", deploy.output], FOLDER, deploy.env);
    const wanted = index === step.commands.length - 1 ? (step.status ?? 0) : 0;
    if (status !== wanted) {
      problems.push(`'pair ${args.join(" ")}' ended with ${status} instead of ${wanted}:\n${said}`);
      break;
    }
  }
  // What the command has left behind shows a little later.
  await sleep(1_000);
  const outageMs = longestOutage(lab.client.answers, from, Date.now());
  if (outageMs > step.outageBoundMs) problems.push(`the client got no answer for ${outageMs} ms`);
  const well = await runPair(["status", "--stack", deploy.output], FOLDER, deploy.env);
  if (well.status !== (step.statusAfter ?? 0))
    problems.push(`after it 'pair status' ends with ${well.status}:\n${well.said}`);
  return { step: step.name, purpose: step.purpose, outageMs, seconds: (Date.now() - since) / 1_000, problems };
}

async function change(deploy: Deploy, { settings, isDeployed }: SettingsChange): Promise<void> {
  const document = parseDocument(readFileSync(deploy.settingsFile, "utf8"));
  for (const [path, value] of Object.entries(settings)) document.setIn(path.split("."), document.createNode(value));
  writeFileSync(deploy.settingsFile, document.toString());
  await (isDeployed ? deploy.apply() : deploy.synthesize());
}
