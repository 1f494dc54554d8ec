import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ClientWatch } from "../audit/client-watch.ts";
import { PairWatch } from "../audit/pair-watch.ts";
import { deployedStack } from "../deploy/deployed.ts";
import { Deploy } from "../deploy/deploy.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import { seededCloud } from "../lab/seed.ts";
import { Disposables } from "../machine/disposables.ts";
import { run } from "../machine/process.ts";
import { faultOf } from "../random/fault-of.ts";
import { passed, type ViolationRecord } from "../report/run-record.ts";
import { Timeline } from "../report/timeline.ts";
import { readStack } from "../stack/stack.ts";
import { synthesizedPair } from "../stack/synth.ts";
import { variantNamed } from "../variants/index.ts";
import { breakLab, brokenStack } from "../variants/variant.ts";
import { latenessMs } from "../timing/consequences.ts";
import { bringUp } from "./bring-up.ts";
import type { LabCommand, LabMessage, LabSpec, RunPhase } from "./messages.ts";
import { runFault } from "./run-fault.ts";
import { timingOf } from "../timing/timing.ts";

/** What the run writes is below /run, which is a file system in memory that goes with the mount namespace. */
const FOLDER = "/run/rehearsal";

/**
 * Sets up a lab, boots the pair, and takes it through the faults that it is told to, one after the other. Runs in
 * namespaces of its own.
 *
 * After a fault that the pair does not pass it is not ready for another one: that needs a pair that is well.
 *
 * @param commands what is to be done, each one asked for by the message `ready`
 * @param tell told what others are to know
 * @throws where the pair does not come up
 */
export async function rehearse(
  spec: LabSpec,
  commands: AsyncIterable<LabCommand>,
  tell: (message: LabMessage) => void,
): Promise<void> {
  const say = (line: string) => tell({ kind: "says", line });
  await run("mount", ["-t", "tmpfs", "-o", "mode=755,size=4g", "tmpfs", "/run"]);
  for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
  const timeline = new Timeline((event) => tell({ kind: "event", event }));
  const start = Date.now();
  const pair = spec.stack ?? synthesizedPair(spec.settingsFile, spec.mechanism, FOLDER, spec.settings);
  const variant = spec.variant === undefined ? undefined : variantNamed(spec.variant);
  const synthesized = await brokenStack(variant, readStack(pair));
  let deploy: Deploy | undefined;
  const openCloud = async (options: CloudOptions): Promise<PopulatedCloud> => {
    const { settingsFile, mechanism, plugins } = spec;
    if (plugins === null) return seededCloud(synthesized, options);
    await using opening = new Disposables();
    deploy = opening.use(
      await Deploy.open({ settingsFile, mechanism, plugins, folder: join(FOLDER, "deploy"), cloud: options }),
    );
    const deploying = Date.now();
    const { added } = await deploy.apply();
    say(`  'cdktf deploy' makes ${added} resources (${seconds(deploying)} s)`);
    const stack = deployedStack(synthesized, deploy.cloud);
    const opened = opening.keep();
    return { cloud: deploy.cloud, stack, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  };
  await using lab = await Lab.start({
    ...spec,
    stack: synthesized,
    openCloud,
    folder: join(FOLDER, "lab"),
    timeline,
  });
  using watch = new PairWatch(lab);
  using clientWatch = new ClientWatch(lab.client, (change) => tell({ kind: "client", ...change }));
  const breakage = breakLab(variant, lab);
  let serving = await bringUp(lab, latenessMs(spec.assumptions));
  say(`  the pair is up after ${seconds(start)} s: the ${serving.role} serves ${lab.stack.vip}`);
  tell({ kind: "ready", isWell: true });

  for await (const command of commands) {
    if (command.kind === "end") break;
    if (command.kind === "keep") {
      tell({ kind: "kept" });
      await new Promise(() => {});
    } else {
      const fault = faultOf(command.run.fault, spec.mechanism);
      lab.cloud.assume({ ...spec.assumptions, ...command.run.assumptions });
      const timing = timingOf(lab);
      const convergeBoundMs = fault.convergesMs(timing);
      tell({ kind: "begins", run: command.run, victim: serving.role, convergeBoundMs });
      const onPhase = (phase: RunPhase) => tell({ kind: "phase", phase });
      const result = await runFault(lab, serving, fault, command.run, { ...spec, watch, onPhase });
      const others = [...(await deployProblems(deploy, lab.stack.vip)), ...breakage.problems()];
      const violations = [...result.record.violations, ...others];
      const record = { ...result.record, violations };
      tell({ kind: "run", record });
      if (result.serving !== undefined) serving = result.serving;
      tell({ kind: "ready", isWell: passed(record) && result.serving !== undefined });
    }
  }
  tell({ kind: "ends" });
  clientWatch.stop();
  lab.client.stop();
  if (deploy !== undefined) {
    const { destroyed } = await deploy.destroy();
    say(`  'cdktf destroy' removes ${destroyed} resources, and nothing is left`);
  }
}

/** What a second deploy changes that must change nothing. */
async function deployProblems(deploy: Deploy | undefined, vip: string): Promise<ViolationRecord[]> {
  try {
    await deploy?.requireUnchanged(vip);
    return [];
  } catch (error) {
    return [{ check: "a second deploy changes nothing", text: (error as Error).message }];
  }
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
