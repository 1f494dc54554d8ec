import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Failover, failOver, mend } from "./failover.ts";
import type { Fault } from "../faults/faults.ts";
import { deployedStack } from "../deploy/deployed.ts";
import { Deploy } from "../deploy/deploy.ts";
import { type CloudOptions, Lab, type PopulatedCloud } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { checkNotifications } from "../audit/notifications.ts";
import { run } from "../machine/process.ts";
import { seededCloud } from "../lab/seed.ts";
import { settled } from "../audit/settled.ts";
import { type Mechanism, readStack } from "../stack/stack.ts";
import { synthesize } from "../stack/synth.ts";
import { Timeline } from "../report/timeline.ts";

/** What one rehearsal is told. */
export interface RehearsalSpec {
  /** Path of the settings file that main.ts is synthesized from. */
  readonly settingsFile: string;
  readonly mechanism: Mechanism;
  /** Path of the nodes' root filesystem. */
  readonly rootFilesystem: string;
  /** The run's cgroups, one in each of systemd's hierarchies. */
  readonly cgroups: readonly string[];
  /** What is done to the node that serves, one after the other. */
  readonly faults: readonly Fault[];
  /** Where the provider is, to deploy the stack with it; null to put its resources into the cloud without. */
  readonly plugins: string | null;
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
}

const BOOT_BUDGET_MS = 60_000;
const ELECTION_BUDGET_MS = 20_000;

/** What the run writes is below /run, which is a file system in memory that goes with the mount namespace. */
const FOLDER = "/run/rehearsal";

/**
 * Rehearses failovers with one mechanism. Runs in namespaces of its own.
 *
 * @param say told about progress
 * @param report told about each failover that went as it must
 * @throws where the pair does not come up, an invariant does not hold, or an outage is over its budget
 */
export async function rehearse(
  spec: RehearsalSpec,
  say: (line: string) => void,
  report: (failover: Failover) => void,
): Promise<void> {
  await run("mount", ["-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"]);
  for (const folder of ["/run/netns", FOLDER]) mkdirSync(folder);
  const timeline = new Timeline();
  const start = Date.now();
  const stackFile = synthesize(spec.settingsFile, spec.mechanism, FOLDER);
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
  const lab = await Lab.start({ ...spec, stack: synthesized, openCloud, folder: FOLDER, timeline });
  const { stack } = lab;

  // The primary first: where nobody is MASTER, the first to wait out the election wins it.
  const primary = await lab.boot("primary");
  await primary.waitForCloudInit(BOOT_BUDGET_MS);
  const secondary = await lab.boot("secondary");
  await secondary.waitForCloudInit(BOOT_BUDGET_MS);
  let serving = await settled(lab, ELECTION_BUDGET_MS, () => true);
  say(`  the pair is up after ${seconds(start)} s: the ${serving.role} serves ${stack.vip}`);

  requireOwnCgroups(primary, secondary);
  await checkNotifications(serving);
  say("  no notification is lost, whenever it comes");

  for (const [index, fault] of spec.faults.entries()) {
    const victim = serving;
    const faultAt = Date.now();
    const result = await failOver(lab, victim, fault, timeline, say);
    report(result.failover);
    serving = result.serving;
    if (deploy !== undefined) {
      await deploy.requireUnchanged(stack.vip);
      say("    a second deploy changes nothing, and moves nothing back");
    }
    if (index + 1 < spec.faults.length) await mend(victim, fault, faultAt);
  }
  lab.client.stop();
  if (deploy !== undefined) {
    const { destroyed } = await deploy.destroy();
    say(`\n  'cdktf destroy' removes ${destroyed} resources, and nothing is left`);
  }
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);

/** @throws where the systemd of one node could remove those of the other's units */
function requireOwnCgroups(one: Node, other: Node): void {
  const shared = one.cgroups.filter((cgroup) => other.cgroups.includes(cgroup));
  if (shared.length > 0) throw new Error(`the nodes share a cgroup: ${shared.join()}`);
}
