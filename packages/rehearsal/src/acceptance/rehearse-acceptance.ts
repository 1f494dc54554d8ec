import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalCloud } from "local-cloud";
import { deployedStack } from "../deploy/deployed.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import { run, sleep } from "../machine/process.ts";
import { Timeline } from "../report/timeline.ts";
import type { LabSpec } from "../run/messages.ts";
import { readStack, type StackModel } from "../stack/stack.ts";
import { synthesizedPair } from "../stack/synth.ts";
import { AcceptanceRun } from "./acceptance-run.ts";
import { leftIn } from "./left-in.ts";
import { MOMENTS } from "./moments.ts";
import { problemsOf } from "./verdict.ts";

/** What is below /run is in memory, and goes with the mount namespace. */
const FOLDER = "/run/rehearsal";
const NAME = "acceptance-lab";

/** What the process of a rehearsed acceptance is told. */
export interface AcceptanceSpec extends LabSpec {
  /** The name of the moment at which the command gets a SIGINT; null: never. */
  readonly interruptAt: string | null;
}

/** The command has ended before there was a pair to boot. */
class EndedEarly extends Error {}

/**
 * Runs the acceptance against a local cloud whose instances are booted nodes. Runs in namespaces of its own.
 *
 * @returns what was wrong with it, a sentence each
 * @throws where the lab cannot be set up
 */
export async function rehearseAcceptance(spec: AcceptanceSpec, say: (line: string) => void): Promise<string[]> {
  const { settingsFile, mechanism, plugins } = spec;
  if (plugins === null) throw new Error("a rehearsal of the acceptance needs the provider");
  await run("mount", ["-t", "tmpfs", "-o", "mode=755,size=4g", "tmpfs", "/run"]);
  for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
  const synthesized = readStack(synthesizedPair(settingsFile, mechanism, FOLDER, { name: NAME }));
  const interruptAt = MOMENTS.find(({ name }) => name === spec.interruptAt);
  let started: { readonly acceptance: AcceptanceRun; readonly cloud: LocalCloud } | undefined;
  const openCloud = async (options: CloudOptions): Promise<PopulatedCloud> => {
    const cloud = await LocalCloud.start({ ...options, region: synthesized.region });
    const folder = join(FOLDER, "acceptance");
    const acceptance = new AcceptanceRun({ cloud, mechanism, plugins, folder, name: NAME, interruptAt, say });
    started = { acceptance, cloud };
    const stack = await whenDeployed(synthesized, cloud, acceptance);
    return { cloud, stack, [Symbol.asyncDispose]: () => cloud.stop() };
  };
  try {
    await using lab = await Lab.start({
      ...spec,
      stack: synthesized,
      openCloud,
      folder: join(FOLDER, "lab"),
      timeline: new Timeline(() => {}),
    });
    for (const { stackNode, isUp } of lab.nodes) {
      const isThere = lab.cloud.state.instances.has(stackNode.instanceId);
      if (isThere && !isUp) await lab.node(stackNode.role).powerOn();
    }
    await started?.acceptance.ended;
  } catch (error) {
    if (!(error instanceof EndedEarly)) throw error;
  }
  if (started === undefined) throw new Error("the acceptance was not started");
  const { acceptance, cloud } = started;
  const ended = {
    status: await acceptance.ended,
    interruptAt: spec.interruptAt,
    wasInterrupted: acceptance.wasInterrupted,
    left: leftIn(cloud),
    report: acceptance.report(),
  };
  const { faults = [], assumptions = [] } = ended.report ?? {};
  say(`  ${faults.map(({ fault, outageMs }) => `${fault}: ${outageMs ?? "unknown"} ms`).join(", ")}`);
  for (const { name, verdict, seen } of assumptions) say(`  ${verdict.padEnd(12)} ${name}: ${seen}`);
  return problemsOf(ended, spec.assumptions);
}

/** Waits until the deploy has made everything that the lab has to know. @throws EndedEarly where it never does */
async function whenDeployed(
  synthesized: StackModel,
  cloud: LocalCloud,
  acceptance: AcceptanceRun,
): Promise<StackModel> {
  for (;;) {
    const isRunning = [...cloud.state.instances.values()].filter(({ instanceState }) => instanceState === "RUNNING");
    if (isRunning.length === 2) {
      try {
        return deployedStack(synthesized, cloud);
      } catch {
        // Something of it is not made yet.
      }
    }
    if (acceptance.hasEnded) throw new EndedEarly();
    await sleep(200);
  }
}
