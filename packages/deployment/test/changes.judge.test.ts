import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalCloud, LocalCloudOptions } from "local-cloud";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mechanism } from "pairctl/contract";
import { instanceNamed, takeOver, VIP } from "./fail-over.ts";
import { providerAvailable } from "../src/index.ts";
import { RunningPair, type SettingsChange, type SynthesizedStack } from "./running-pair.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: what a change does to a pair that has failed over");

interface Change {
  readonly to: string;
  /** @default - both */
  readonly mechanism?: Mechanism;
}

/** A change that one apply carries out. */
interface Working extends Change {
  /** The changed settings, one apply after the other. @default - as shipped */
  readonly settings?: readonly SettingsChange[];
  /** Resources that are made anew though nothing of them has changed. */
  readonly replace?: readonly string[];
}

/** A change that a plan does not see, since the provider would do harm with it. */
interface Ignored extends Change {
  readonly settings?: SettingsChange;
  /** Arguments of both instances, for what the settings file does not have. */
  readonly instance?: object;
}

/** A change that is refused, and the setting that the plan names. */
interface Refused extends Change {
  readonly settings: SettingsChange;
  readonly named: string;
}

const PRIMARY = "tencentcloud_instance.Pair_Primary_09DFE33C";
const SECONDARY = "tencentcloud_instance.Pair_Secondary_2A970D76";
const EIP = "tencentcloud_eip.Vip_Eip_FE1C3B0C";
const HA_VIP = "tencentcloud_ha_vip.Vip_HaVip_626BA935";

const WORKING: readonly Working[] = [
  { to: "a larger bandwidth", settings: [{ "eip.bandwidthMbps": 20 }] },
  { to: "other tags", settings: [{ tags: { stage: "test" } }] },
  { to: "another priority", settings: [{ "primary.priority": 120 }] },
  { to: "no public address, then one again", settings: [{ eip: undefined }, {}] },
  { to: "another public address", replace: [EIP] },
  { to: "a new standby", replace: [PRIMARY] },
  { to: "a new node in the place of the one that serves", replace: [SECONDARY], mechanism: "havip" },
  { to: "a new HAVIP", replace: [HA_VIP], mechanism: "havip" },
];

const AGENTS_OFF = {
  disable_monitor_service: true,
  disable_security_service: true,
  disable_automation_service: true,
};

const IGNORED: readonly Ignored[] = [
  { to: "other key pairs", settings: { keyIds: ["skey-12345678"] } },
  { to: "no agents of the cloud", instance: AGENTS_OFF },
  { to: "another host name", instance: { hostname: "other" } },
  { to: "another system disk", instance: { system_disk_type: "CLOUD_SSD", system_disk_size: 100 } },
  { to: "a data disk", instance: { data_disks: [{ data_disk_type: "CLOUD_PREMIUM", data_disk_size: 20 }] } },
];

const otherSubnet = { "network.cidrBlock": undefined, "network.vpcId": "vpc-12345678", "network.subnetId": "subnet-1" };

const REFUSED: readonly Refused[] = [
  { to: "another VIP", settings: { vip: "10.0.1.200" }, named: "vip" },
  {
    to: "another parking address",
    settings: { parkingIp: "10.0.1.201" },
    named: "parkingIp",
    mechanism: "secondary-private-ip",
  },
  {
    to: "a private IP instead of the HAVIP",
    settings: { mechanism: "secondary-private-ip" },
    named: "mechanism",
    mechanism: "havip",
  },
  {
    to: "a HAVIP instead of the private IP",
    settings: { mechanism: "havip" },
    named: "mechanism",
    mechanism: "secondary-private-ip",
  },
  { to: "another name", settings: { name: "web-other" }, named: "name" },
  { to: "another zone", settings: { "network.availabilityZone": "ap-singapore-2" }, named: "availabilityZone" },
  { to: "another subnet", settings: otherSubnet, named: "subnetId" },
  { to: "another range of the VPC", settings: { "network.cidrBlock": "10.0.0.0/20" }, named: "cidrBlock" },
  {
    to: "another range of the subnet",
    settings: { "network.subnetCidrBlock": "10.0.1.0/25" },
    named: "subnetCidrBlock",
  },
  { to: "another address of the primary", settings: { "primary.privateIp": "10.0.1.21" }, named: "primary.privateIp" },
  {
    to: "another address of the secondary",
    settings: { "secondary.privateIp": "10.0.1.22" },
    named: "secondary.privateIp",
  },
];

// Several at once: most of the time the provider waits.
describe.runIf(available).concurrent.each(["havip", "secondary-private-ip"] as const)(
  "a pair with %s that has failed over",
  { timeout: 900_000 },
  (mechanism) => {
    let folder = "";

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "changes-"));
      await using pair = await RunningPair.open(join(folder, "base"));
      await pair.synthesize([{ mechanism }]);
      expect(await pair.apply()).toEqual(DONE);
      await takeOver(pair.cloud, mechanism, "primary");
      await takeOver(pair.cloud, mechanism, "secondary");
      await pair.save();
    }, 300_000);
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** The pair as it was after the failover, whatever other tests did. */
    function copied(assumptions: LocalCloudOptions["assumptions"] = {}): Promise<RunningPair> {
      return RunningPair.open(copy(), {}, assumptions);
    }
    function copy(): string {
      const own = mkdtempSync(join(folder, "own-"));
      cpSync(join(folder, "base"), own, { recursive: true });
      return own;
    }
    const own = <T extends Change>(changes: readonly T[]) =>
      changes.filter((change) => (change.mechanism ?? mechanism) === mechanism);

    test.each(own(WORKING))("gets $to in one apply, and then there is nothing to change", async (change) => {
      await using pair = await copied();
      for (const settings of change.settings ?? [{}]) {
        await pair.synthesize([{ mechanism }, settings]);
        expect(await pair.apply(...(change.replace ?? []).map((address) => `-replace=${address}`))).toEqual(DONE);
        expect(await pair.plan()).toEqual(NOTHING_TO_DO);
        audit(pair.cloud, mechanism);
      }
    });

    test.each(own(IGNORED))("is left alone by a plan with $to", async ({ settings = {}, instance = {} }) => {
      await using pair = await copied();
      await pair.synthesize([{ mechanism }, settings], (stack) => setOnInstances(stack, instance));
      expect(await pair.plan()).toEqual(NOTHING_TO_DO);
    });

    // What was found of image and type in the cloud is kept in the state alone.
    test.each<SettingsChange>([
      { image: undefined, imageId: "img-12345678" },
      { image: "ubuntu-24.04" },
      { instanceType: "S5.LARGE8" },
    ])(
      "keeps its nodes as they are where the settings have %j, and nothing of it reaches the cloud",
      async (settings) => {
        await using pair = await copied();
        await pair.synthesize([{ mechanism }, settings]);
        expect(await pair.apply()).toEqual(DONE);
        expect(pair.writes).toEqual([]);
        expect(await pair.plan()).toEqual(NOTHING_TO_DO);
      },
    );

    test("gives a node that is replaced another instance type, which the other one does not get", async () => {
      await using pair = await copied();
      await pair.synthesize([{ mechanism, instanceType: "S5.LARGE8" }]);
      expect(await pair.apply(`-replace=${PRIMARY}`)).toEqual(DONE);
      expect(await pair.plan()).toEqual(NOTHING_TO_DO);
      const types = ["primary", "secondary"].map((name) => instanceNamed(pair.cloud, name).instanceType);
      expect(types).toEqual(["S5.LARGE8", "S5.MEDIUM2"]);
      audit(pair.cloud, mechanism);
    });

    test("refuses to begin to destroy nodes that the cloud would keep", async () => {
      await using pair = await copied();
      const before = everythingOf(pair);
      // As KeepalivedPair writes it for protected and for prepaid nodes.
      await pair.synthesize([{ mechanism }], (stack) =>
        setOnInstances(stack, { lifecycle: { prevent_destroy: true } }),
      );
      expect(await pair.destroy()).toEqual({
        status: 1,
        said: expect.stringMatching(
          /lifecycle\.prevent_destroy set, but the plan calls for this resource to be destroyed/,
        ),
      });
      expect(everythingOf(pair)).toEqual(before);
      expect(pair.writes).toEqual([]);
    });

    test.each(own(REFUSED))("refuses $to before anything is touched, and says so", async ({ settings, named }) => {
      await using pair = await copied();
      const before = everythingOf(pair);
      await pair.synthesize([{ mechanism }, settings]);
      const refusal = expect.stringMatching(new RegExp(`'${named}' is \\S+ as deployed and cannot become \\S+: `));
      expect(await pair.apply()).toEqual({ status: 1, said: refusal });
      expect(everythingOf(pair)).toEqual(before);
      expect(pair.writes).toEqual([]);
    });

    test("refuses another region, where nothing of the pair is found, and makes no second one there", async () => {
      const own = copy();
      rmSync(join(own, "cloud.json"));
      const settings = { region: "ap-tokyo", "network.availabilityZone": "ap-tokyo-1" };
      await using pair = await RunningPair.open(own, settings);
      const before = everythingOf(pair);
      await pair.synthesize([{ mechanism }, settings]);
      const refusal = expect.stringContaining("'region' is ap-singapore as deployed and cannot become ap-tokyo: ");
      expect(await pair.apply()).toEqual({ status: 1, said: refusal });
      expect(everythingOf(pair)).toEqual(before);
      expect(pair.writes).toEqual([]);
    });

    // The provider takes the first of an instance's addresses for its own, and would move the node to the VIP.
    test("is left alone where the cloud lists the VIP as the first address of the node that serves", async () => {
      await using pair = await copied({ "interface-address-order": "primary-last" });
      await pair.synthesize([{ mechanism }]);
      expect(await pair.plan()).toEqual(NOTHING_TO_DO);
    });

    test("is destroyed without a trace, though the settings have one that is refused by then", async () => {
      await using pair = await copied();
      await pair.synthesize([{ mechanism, vip: "10.0.1.200" }]);
      expect(await pair.destroy()).toEqual({ status: 0, said: expect.stringContaining("Destroy complete!") });
      expect([...pair.cloud.state.instances, ...pair.cloud.state.addresses]).toEqual([]);
    });
  },
);

const DONE = { status: 0, said: expect.stringContaining("Apply complete!") };
const NOTHING_TO_DO = { status: 0, said: expect.stringContaining("No changes.") };

function setOnInstances(stack: SynthesizedStack, changed: object): void {
  for (const instance of Object.values(stack.resource["tencentcloud_instance"] ?? {})) Object.assign(instance, changed);
}

const everythingOf = ({ cloud, terraformState }: RunningPair) => {
  const { tasks: _, ...resources } = { ...cloud.state };
  return structuredClone({ terraformState, resources });
};

/** What must hold whatever was changed: either node can have the address, and the public one goes to who has it. */
function audit(cloud: LocalCloud, mechanism: Mechanism): void {
  const nodes = [instanceNamed(cloud, "primary"), instanceNamed(cloud, "secondary")];
  const bindings = [...cloud.state.addresses.values()].map(({ binding }) => binding);
  expect(cloud.state.instances.size).toBe(2);
  if (mechanism === "havip") {
    const [haVip] = cloud.state.haVips.values();
    const associated = haVip?.associations.map(({ instanceId }) => instanceId);
    expect(associated?.sort()).toEqual(nodes.map(({ instanceId }) => instanceId).sort());
    for (const binding of bindings) expect(binding).toEqual({ kind: "haVip", haVipId: haVip?.haVipId });
    return;
  }
  const { networkInterfaceId } = instanceNamed(cloud, "secondary");
  expect(cloud.holderOf(VIP)?.networkInterfaceId).toBe(networkInterfaceId);
  for (const binding of bindings) expect(binding).toEqual({ kind: "eni", networkInterfaceId, privateIp: VIP });
}
