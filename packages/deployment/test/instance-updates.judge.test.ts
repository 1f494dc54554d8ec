import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalCloud } from "local-cloud";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RESOURCE_ACTIONS } from "../../../constructs/deployer/provider-actions.ts";
import { providerAvailable } from "../src/index.ts";
import { instanceNamed } from "./fail-over.ts";
import { RunningPair, type SettingsChange, type SynthesizedStack } from "./running-pair.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: what the provider calls for a change of an instance");

/** A change that the stack protects its nodes from, made after all. */
interface Update {
  readonly to: string;
  readonly settings?: SettingsChange;
  readonly edit?: (stack: SynthesizedStack) => void;
  /** Arguments of both instances. */
  readonly instance?: object;
  /** The arguments that a plan otherwise leaves alone. */
  readonly lifted: readonly string[];
  /** The actions that the provider calls for each node. */
  readonly calls: readonly string[];
  /** What both instances have then. */
  readonly expected?: object;
  /** What the disks of each of them have then, the system disk first. */
  readonly disks?: readonly object[];
}

const DATA_DISKS = [
  { type: "CLOUD_PREMIUM", sizeGb: 20 },
  { type: "CLOUD_SSD", sizeGb: 100 },
];
/** What all have, and the account has from the beginning. */
const base: SettingsChange = { dataDisks: DATA_DISKS, keyIds: ["skey-12345678"] };
const asMade = [
  { usage: "SYSTEM_DISK", diskSize: 50, diskState: "ATTACHED" },
  { usage: "DATA_DISK", diskSize: 20, diskType: "CLOUD_PREMIUM", diskState: "ATTACHED" },
  { usage: "DATA_DISK", diskSize: 100, diskType: "CLOUD_SSD", diskState: "ATTACHED" },
];

const UPDATES: readonly Update[] = [
  {
    to: "larger data disks",
    settings: { dataDisks: DATA_DISKS.map((disk) => ({ ...disk, sizeGb: disk.sizeGb + 50 })) },
    lifted: ["data_disks"],
    calls: ["ResizeDisk", "ResizeDisk"],
    disks: [{ diskSize: 50 }, { diskSize: 70 }, { diskSize: 150 }],
  },
  {
    to: "another image",
    instance: { image_id: "img-mmytdhbn" },
    lifted: ["image_id"],
    calls: ["ResetInstance"],
    expected: { imageId: "img-mmytdhbn", keyIds: ["skey-12345678"], instanceState: "RUNNING" },
    disks: asMade,
  },
  {
    to: "no agents of the cloud",
    instance: { disable_monitor_service: true, disable_security_service: true, disable_automation_service: true },
    lifted: ["disable_monitor_service", "disable_security_service", "disable_automation_service"],
    calls: ["ResetInstance"],
    expected: { keyIds: ["skey-12345678"], instanceState: "RUNNING" },
    disks: asMade,
  },
  {
    to: "no key pairs",
    settings: { keyIds: [] },
    instance: { force_stop: true, key_ids: [] },
    lifted: ["key_ids"],
    calls: ["DisassociateInstancesKeyPairs"],
    expected: { keyIds: [], instanceState: "RUNNING" },
  },
  {
    to: "another instance type and a larger system disk",
    settings: { instanceType: "S5.LARGE8" },
    instance: { force_stop: true, system_disk_size: 100 },
    lifted: ["instance_type", "system_disk_size"],
    calls: ["ResetInstancesType", "ResizeInstanceDisks"],
    expected: { instanceType: "S5.LARGE8", instanceState: "RUNNING" },
    disks: [{ diskSize: 100 }, ...asMade.slice(1)],
  },
  {
    to: "another placement group",
    edit: ({ resource }) => {
      const other = { name: "web-pair-other", type: "HOST" };
      Object.assign(resource["tencentcloud_placement_group"] ?? {}, { other });
    },
    instance: { placement_group_id: "${tencentcloud_placement_group.other.id}" },
    lifted: [],
    calls: ["ModifyInstancesDisasterRecoverGroup"],
  },
  {
    to: "payment in advance",
    settings: { prepaid: { periodMonths: 1, forceDelete: true } },
    lifted: [],
    calls: ["ModifyInstancesChargeType"],
    expected: { charge: { chargeType: "PREPAID" }, instanceState: "RUNNING" },
  },
  {
    to: "another project",
    settings: { projectId: 7 },
    lifted: [],
    calls: ["ModifyInstancesProject"],
    expected: { projectId: 7 },
  },
];

// Several at once: most of the time the provider waits.
describe.runIf(available).concurrent("a pair with data disks", { timeout: 900_000 }, () => {
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "updates-"));
    await using pair = await RunningPair.open(join(folder, "base"), base);
    await pair.synthesize([base]);
    expect(await pair.apply()).toEqual(DONE);
    for (const name of NODES) expect(disksOf(pair.cloud, name)).toMatchObject(asMade);
    await pair.save();
  }, 300_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The pair as it was deployed, whatever other tests did. */
  function copied(): Promise<RunningPair> {
    const own = mkdtempSync(join(folder, "own-"));
    cpSync(join(folder, "base"), own, { recursive: true });
    return RunningPair.open(own, { ...base, projectId: 7 });
  }

  test("has nothing to change, and is destroyed with nothing left", async () => {
    await using pair = await copied();
    await pair.synthesize([base]);
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
    expect(await pair.destroy()).toEqual({ status: 0, said: expect.stringContaining("Destroy complete!") });
    const { instances, disks, networkInterfaces, tags } = pair.cloud.state;
    expect([...instances, ...disks, ...networkInterfaces, ...tags]).toEqual([]);
  });

  test.each(UPDATES)("gets $to without its protection, and then there is nothing to change", async (update) => {
    const { settings = {}, edit, instance = {}, lifted, expected = {}, disks } = update;
    await using pair = await copied();
    await pair.synthesize([base, settings], (stack) => {
      edit?.(stack);
      withoutProtection(stack, lifted, instance);
    });
    expect(await pair.apply()).toEqual(DONE);
    if (lifted.length === 0)
      expect(OF_DEPLOYER).toEqual(expect.arrayContaining(update.calls.map((each) => `cvm:${each}`)));
    const calls = pair.writes.filter((action) => update.calls.includes(action));
    expect(calls.sort()).toEqual([...update.calls, ...update.calls].sort());
    for (const name of NODES) {
      expect(instanceNamed(pair.cloud, name)).toMatchObject(expected);
      if (disks) expect(disksOf(pair.cloud, name)).toMatchObject(disks);
    }
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
  });

  test("keeps its system disks where another kind is asked for without the protection: the cloud refuses it", async () => {
    await using pair = await copied();
    await pair.synthesize([base, { systemDisk: { type: "CLOUD_SSD", sizeGb: 50 } }], (stack) => {
      withoutProtection(stack, ["system_disk_type"], { force_stop: true });
    });
    const { status, said } = await pair.apply();
    expect(status).toBe(1);
    expect(said).toMatch(/modifying system_disk.*its size only can be changed, got `CLOUD_SSD`/);
    expect(pair.writes.filter((action) => action === "ResizeInstanceDisks")).toHaveLength(2);
    for (const name of NODES) {
      expect(instanceNamed(pair.cloud, name)).toMatchObject({ instanceState: "RUNNING" });
      expect(disksOf(pair.cloud, name)).toMatchObject([
        { ...asMade[0], diskType: "CLOUD_PREMIUM" },
        ...asMade.slice(1),
      ]);
    }
    // As shipped, a plan leaves the system disk alone; a node that is made anew gets it.
    await pair.synthesize([base, { systemDisk: { type: "CLOUD_SSD", sizeGb: 50 } }]);
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
  });

  test("gives its disks the tags that it has", async () => {
    await using pair = await copied();
    await pair.synthesize([base, { tags: { stage: "test" } }]);
    expect(await pair.apply()).toEqual(DONE);
    const volumes = [...pair.cloud.state.disks.keys()].map((diskId) =>
      pair.cloud.state.tags.get(`cvm:volume/${diskId}`),
    );
    expect(volumes).toEqual(Array(6).fill(expect.objectContaining({ stage: "test" })));
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
  });

  test("gives a node another address, and shuts down no other one", async () => {
    await using pair = await copied();
    await pair.synthesize([base], (stack) => {
      withoutProtection(stack, ["private_ip"], {});
      const [[, primary] = []] = Object.entries(stack.resource["tencentcloud_instance"] ?? {}).filter(([name]) =>
        name.includes("Primary"),
      );
      Object.assign(primary ?? {}, { private_ip: "10.0.1.21" });
    });
    expect(await pair.apply()).toEqual(DONE);
    expect(pair.writes.filter((action) => action === "ModifyInstancesVpcAttribute")).toHaveLength(1);
    expect(NODES.map((name) => instanceNamed(pair.cloud, name).privateIp)).toEqual(["10.0.1.21", "10.0.1.12"]);
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
  });

  test("leaves the data disks of prepaid nodes where they are, when the paid time is given up", async () => {
    const prepaid = { ...base, prepaid: { periodMonths: 1, forceDelete: true } };
    await using pair = await RunningPair.open(mkdtempSync(join(folder, "prepaid-")), prepaid);
    await pair.synthesize([prepaid]);
    expect(await pair.apply()).toEqual(DONE);
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
    expect(await pair.destroy()).toEqual({ status: 0, said: expect.stringContaining("Destroy complete!") });
    expect(pair.cloud.state.instances.size).toBe(0);
    const kept = [...pair.cloud.state.disks.values()];
    const unattached = { usage: "DATA_DISK", chargeType: "PREPAID", diskState: "UNATTACHED" };
    expect(kept).toMatchObject([unattached, unattached, unattached, unattached]);
  });
});

/** What whoever deploys is allowed, for changes that the stack does not protect its nodes from. */
const OF_DEPLOYER = RESOURCE_ACTIONS["tencentcloud_instance"]?.update;

const NODES = ["primary", "secondary"] as const;
const DONE = { status: 0, said: expect.stringContaining("Apply complete!") };
const NOTHING_TO_DO = { status: 0, said: expect.stringContaining("No changes.") };

function withoutProtection(stack: SynthesizedStack, lifted: readonly string[], changed: object): void {
  for (const instance of Object.values(stack.resource["tencentcloud_instance"] ?? {})) {
    const lifecycle = instance["lifecycle"] as { ignore_changes: string[] };
    lifecycle.ignore_changes = lifecycle.ignore_changes.filter((argument) => !lifted.includes(argument));
    Object.assign(instance, changed);
  }
}

const disksOf = (cloud: LocalCloud, name: string) => {
  const { instanceId } = instanceNamed(cloud, name);
  return [...cloud.state.disks.values()].filter((disk) => disk.instanceId === instanceId);
};
