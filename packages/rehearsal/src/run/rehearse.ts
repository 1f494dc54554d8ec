import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PairWatch } from "../audit/pair-watch.ts";
import { deployedStack } from "../deploy/deployed.ts";
import { Deploy } from "../deploy/deploy.ts";
import { faultNamed } from "../faults/index.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import { seededCloud } from "../lab/seed.ts";
import { run } from "../machine/process.ts";
import { renderRun } from "../report/render-run.ts";
import { passed } from "../report/run-record.ts";
import { Timeline } from "../report/timeline.ts";
import { readStack } from "../stack/stack.ts";
import { synthesize } from "../stack/synth.ts";
import { bringUp } from "./bring-up.ts";
import type { LabMessage, LabSpec } from "./messages.ts";
import { runFault } from "./run-fault.ts";

/** What the run writes is below /run, which is a file system in memory that goes with the mount namespace. */
const FOLDER = "/run/rehearsal";

/**
 * Sets up a lab, boots the pair, and takes it through faults. Runs in namespaces of its own.
 *
 * It stops after a fault that the pair does not pass: what follows needs a pair that is well.
 *
 * @param say told about progress
 * @param tell told what others are to know
 * @throws where the pair does not come up
 */
export async function rehearse(
  spec: LabSpec,
  say: (line: string) => void,
  tell: (message: LabMessage) => void,
): Promise<void> {
  await run("mount", ["-t", "tmpfs", "-o", "mode=755,size=4g", "tmpfs", "/run"]);
  for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
  const timeline = new Timeline((event) => tell({ kind: "event", event }));
  const start = Date.now();
  const stackFile = synthesize(spec.settingsFile, spec.mechanism, FOLDER, spec.settings);
  const synthesized = readStack(stackFile);
  let deploy: Deploy | undefined;
  const openCloud = async (options: CloudOptions): Promise<PopulatedCloud> => {
    const { settingsFile, mechanism, plugins } = spec;
    if (plugins === null) return seededCloud(synthesized, options);
    deploy = await Deploy.open({ settingsFile, mechanism, plugins, folder: join(FOLDER, "deploy"), cloud: options });
    const deploying = Date.now();
    const { added } = await deploy.apply();
    say(`  'cdktf deploy' makes ${added} resources (${seconds(deploying)} s)`);
    return { cloud: deploy.cloud, stack: deployedStack(synthesized, deploy.cloud) };
  };
  const lab = await Lab.start({ ...spec, stack: synthesized, openCloud, folder: join(FOLDER, "lab"), timeline });
  using watch = new PairWatch(lab, (status) => tell({ kind: "status", status }));
  let serving = await bringUp(lab);
  say(`  the pair is up after ${seconds(start)} s: the ${serving.role} serves ${lab.stack.vip}`);

  for (const plan of spec.plan) {
    tell({ kind: "begins", run: plan });
    const result = await runFault(lab, serving, faultNamed(plan.fault), plan, { ...spec, watch });
    for (const line of renderRun(result.record)) say(`  ${line}`);
    tell({ kind: "run", record: result.record });
    if (!passed(result.record) || result.serving === undefined) break;
    serving = result.serving;
    if (deploy !== undefined) {
      await deploy.requireUnchanged(lab.stack.vip);
      say("    a second deploy changes nothing, and moves nothing back");
    }
  }
  if (spec.keep) {
    tell({ kind: "kept" });
    await new Promise(() => {});
  }
  lab.client.stop();
  if (deploy !== undefined) {
    const { destroyed } = await deploy.destroy();
    say(`\n  'cdktf destroy' removes ${destroyed} resources, and nothing is left`);
  }
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
