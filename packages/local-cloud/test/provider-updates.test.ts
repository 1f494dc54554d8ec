import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../src/index.ts";
import { eventually } from "./support/client.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "./support/provisioning.ts";
import { readSdkActions } from "./support/sdk-actions.ts";
import { simulateTime } from "./support/simulated-time.ts";

/** What the provider does when an argument of a resource changes. */
interface ProviderUpdates {
  /** Where it is written. */
  readonly source: string;
  /** The provider's version. */
  readonly version: string;
  /** Where ForceStop comes from, which the provider sends with some calls. */
  readonly forceStop: string;
  /** By argument, the calls that change it; `$instance` and the like stand for ids. */
  readonly calls: Readonly<
    Record<string, readonly { readonly action: `${string}:${string}`; readonly body: object }[]>
  >;
  /** Arguments whose change replaces the resource. */
  readonly replaced: readonly string[];
  /** Arguments whose change is Terraform's own affair. */
  readonly withoutCall: readonly string[];
  /** Arguments whose change the provider asks for and the API does not have: the code of its refusal, and why. */
  readonly refused: Readonly<Record<string, { readonly code: string; readonly reason: string }>>;
}

const file = join(import.meta.dirname, "provider-updates", "tencentcloud_instance.json");
const updates = JSON.parse(readFileSync(file, "utf8")) as ProviderUpdates;
const { refused } = updates;
const changeable = Object.keys(updates.calls).filter((argument) => !(argument in refused));

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let ids: Record<string, string>;
beforeEach(simulateTime);
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty());
  const network = await makeNetwork(ask);
  const DataDisks = [{ DiskType: "CLOUD_PREMIUM", DiskSize: 50 }];
  const { InstanceIdSet } = await ask("cvm:RunInstances", machine(network, { DataDisks }));
  const PREPAID = { InstanceChargeType: "PREPAID", InstanceChargePrepaid: { Period: 1 } };
  const elsewhere = { VirtualPrivateCloud: network };
  const prepaid = await ask("cvm:RunInstances", machine(network, { ...elsewhere, ...PREPAID }));
  cloud.seed.project({ projectId: 7 });
  const { SecurityGroup } = await ask("vpc:CreateSecurityGroup", { GroupName: "g", GroupDescription: "g" });
  const trust = [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }];
  const PolicyDocument = JSON.stringify({ version: "2.0", statement: trust });
  await ask("cam:CreateRole", { RoleName: "pairctl", PolicyDocument });
  const group = await ask("cvm:CreateDisasterRecoverGroup", { Name: "p", Type: "HOST" });
  const publicKey = `ssh-ed25519 ${Buffer.from("key").toString("base64")}`;
  cloud.seed.keyPair({ keyId: "skey-11111111", keyName: "ops", publicKey });
  ids = {
    instance: InstanceIdSet[0],
    prepaid: prepaid.InstanceIdSet[0],
    dataDisk: [...cloud.state.disks.values()].find(({ usage }) => usage === "DATA_DISK")?.diskId ?? "",
    vpc: network.VpcId,
    subnet: network.SubnetId,
    securityGroup: SecurityGroup.SecurityGroupId,
    placementGroup: group.DisasterRecoverGroupId,
    role: "pairctl",
    key: "skey-11111111",
  };
  await idle();
});
afterEach(() => cloud.stop());

const idle = () =>
  eventually(() => {
    for (const { instanceState } of cloud.state.instances.values()) expect(instanceState).toBe("RUNNING");
    for (const { diskState } of cloud.state.disks.values()) expect(diskState).toBe("ATTACHED");
    for (const { status } of cloud.state.tasks.values()) expect(status).not.toBe("RUNNING");
  });

/** The codes that the calls which change this argument are answered with; undefined: success. */
async function codesOf(argument: string): Promise<(string | undefined)[]> {
  const codes = [];
  for (const { action, body } of updates.calls[argument] ?? []) {
    const text = JSON.stringify(body).replaceAll(/\$(\w+)/g, (whole, name: string) => ids[name] ?? whole);
    codes.push(await code(action, JSON.parse(text) as object));
    await idle();
  }
  return codes;
}

test.each(changeable)("the provider can change %s of an instance", async (argument) => {
  const codes = await codesOf(argument);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((each) => each !== undefined)).toEqual([]);
});

test.each(Object.entries(refused))(
  "the cloud refuses to change %s of an instance",
  async (argument, { code: expected }) => {
    const codes = await codesOf(argument);
    expect(codes).toEqual((updates.calls[argument] ?? []).map(() => expected));
    expect(codes.length).toBeGreaterThan(0);
  },
);

test("every argument is listed once, and every action is one of the official SDK's", () => {
  const { calls, replaced, withoutCall } = updates;
  const listed = [...Object.keys(calls), ...replaced, ...withoutCall];
  expect(listed.filter((argument, index) => listed.indexOf(argument) < index)).toEqual([]);
  expect(Object.keys(refused).filter((argument) => !(argument in calls))).toEqual([]);
  const sdk = readSdkActions().actions;
  for (const { action } of Object.values(calls).flat()) {
    const [service = "", name] = action.split(":");
    expect(sdk[service]).toContain(name);
  }
});
