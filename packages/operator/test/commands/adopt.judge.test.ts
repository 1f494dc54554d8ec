import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCloud } from "cloud-client";
import type { Mechanism } from "pairctl/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instanceNamed, takeOver } from "../../../deployment/test/fail-over.ts";
import { providerAvailable } from "../../../deployment/test/provider.ts";
import { RunningPair } from "../../../deployment/test/running-pair.ts";
import { ADOPT_FILE } from "../../src/adopt/import-file.ts";
import { MACHINE_CLOCK } from "../../src/cli/clock.ts";
import { run } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PlanJson } from "../../src/plan/plan-json.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: whether it takes in what 'pair adopt' has found");

/** Runs `pair` beside a deployment. */
async function pairOf({ env }: RunningPair, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await run(COMMANDS, args, {
    env,
    terminal: {
      log: (line) => void out.push(line),
      error: (line) => void err.push(line),
      progress: (line) => void err.push(line),
    },
    interruption: new AbortController().signal,
    clock: MACHINE_CLOCK,
  });
  return { status, out: out.join("\n"), err: err.join("\n") };
}

/** What Terraform plans, as `terraform show -json` prints it, in a file. */
async function shownPlan(pair: RunningPair): Promise<string> {
  const [binary, file] = ["plan.bin", "plan.json"].map((name) => join(pair.stackFolder, name)) as [string, string];
  expect(await pair.plan(`-out=${binary}`)).toMatchObject({ status: 2 });
  const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  writeFileSync(
    file,
    execFileSync(terraform, ["show", "-json", binary], { cwd: pair.stackFolder, maxBuffer: 2 ** 28 }),
  );
  return file;
}

const planned = async (pair: RunningPair) => JSON.parse(readFileSync(await shownPlan(pair), "utf8")) as PlanJson;

/** Calls the cloud as its owner does in the console. */
async function ownerCall(pair: RunningPair, service: "cvm", action: string, body: object): Promise<void> {
  const cloud = openCloud<{ cvm: readonly string[] }>(pair.cloud.region, pair.env);
  await cloud.call(service, action, body);
  pair.writes.length = 0;
}

const DONE = { status: 0, said: expect.stringContaining("Apply complete!") };
const NOTHING_TO_DO = { status: 0, said: expect.stringContaining("No changes.") };

/** Has the imports written for the stack that was synthesized last. */
async function adopt(pair: RunningPair, ...args: readonly string[]): Promise<string> {
  const { status, out, err } = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--write", ...args);
  expect(status, err).toBe(0);
  return out;
}

/** Takes in what 'pair adopt' has found, and looks that nothing in the cloud was changed by it. */
async function takeIn(pair: RunningPair): Promise<void> {
  const { resource_changes: changes } = await planned(pair);
  const made = changes.filter(({ change }) => change.actions.includes("create"));
  // Records in the state, which are nothing in the cloud.
  expect([...new Set(made.map(({ type }) => type))]).toEqual(["terraform_data"]);
  expect(changes.filter(({ change }) => change.actions.includes("delete"))).toEqual([]);

  expect(await pair.apply()).toEqual(DONE);
  expect(pair.writes).toEqual([]);
  rmSync(join(pair.stackFolder, ADOPT_FILE));
  expect(await pair.plan()).toEqual(NOTHING_TO_DO);
}

describe.runIf(available).concurrent.each(["havip", "secondary-private-ip"] as const)(
  "a pair with %s whose state is lost",
  { timeout: 600_000 },
  (mechanism: Mechanism) => {
    let folder = "";
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "adopt-"));
      await using pair = await RunningPair.open(join(folder, "base"));
      await pair.synthesize([{ mechanism }]);
      expect(await pair.apply()).toEqual(DONE);
      await takeOver(pair.cloud, mechanism, "primary");
      await takeOver(pair.cloud, mechanism, "secondary");
      pair.loseState();
      await pair.save();
    }, 600_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const opened = () => {
      const own = mkdtempSync(join(folder, "own-"));
      cpSync(join(folder, "base"), own, { recursive: true });
      return RunningPair.open(own);
    };

    test("is adopted after a failover: nothing of it is changed, and then there is nothing to do", async () => {
      await using pair = await opened();
      await pair.synthesize([{ mechanism }]);
      const out = await adopt(pair);
      const count = mechanism === "havip" ? 15 : 13;
      expect(out).toContain(`${count} resources of the stack are there and not in the state`);
      expect(out).not.toContain("Not there");
      expect(pair.writes).toEqual([]);

      const plan = await shownPlan(pair);
      const said = await pairOf(pair, "plan", plan);
      expect(said).toMatchObject({ status: 0, err: "" });
      expect(said.out).toContain(`${count} resources that are there already are taken into the state`);
      expect(said.out).toContain("at worst, nothing (the traffic goes on)");
      expect(said.out).not.toContain("Left alone");

      await takeIn(pair);
      expect(await adopt(pair)).toContain("there is nothing to adopt");
      expect(existsSync(join(pair.stackFolder, ADOPT_FILE))).toBe(false);
    });

    if (mechanism === "secondary-private-ip")
      test("is changed by the deploy that adopts it in nothing but what the stack says otherwise", async () => {
        await using pair = await opened();
        await pair.synthesize([{ mechanism, "eip.bandwidthMbps": 20, "primary.priority": 120 }]);
        await adopt(pair);
        const said = await pairOf(pair, "plan", await shownPlan(pair));
        expect(said).toMatchObject({ status: 0, out: expect.stringContaining("at worst, rolling") });
        expect(await pair.apply()).toEqual(DONE);
        expect([...new Set(pair.writes)].sort()).toEqual(["ModifyAddressesBandwidth", "ModifyInstancesAttribute"]);
        rmSync(join(pair.stackFolder, ADOPT_FILE));
        expect(await pair.plan()).toEqual(NOTHING_TO_DO);
      });

    if (mechanism === "havip")
      test("is adopted where one of its nodes is gone for good, which the deploy makes anew", async () => {
        await using pair = await opened();
        const gone = instanceNamed(pair.cloud, "primary").instanceId;
        await ownerCall(pair, "cvm", "TerminateInstances", { InstanceIds: [gone] });
        await pair.synthesize([{ mechanism }]);
        const refused = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--write");
        expect(refused).toMatchObject({ status: 5, out: "", err: expect.stringContaining("--gone primary") });
        await adopt(pair, "--gone", "primary");
        expect(await pair.apply()).toEqual(DONE);
        rmSync(join(pair.stackFolder, ADOPT_FILE));
        expect(await pair.plan()).toEqual(NOTHING_TO_DO);
        expect(pair.cloud.state.instances.size).toBe(2);
      });
  },
);

describe.runIf(available)("what was made by hand", { timeout: 600_000 }, () => {
  let folder = "";
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "adopt-"))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a VPC and a public address become the stack's, and the pair is made in them", async () => {
    await using pair = await RunningPair.open(join(folder, "by-hand"));
    const { seed, state } = pair.cloud;
    const { vpcId } = seed.vpc({ cidrBlock: "10.0.0.0/16", vpcName: "made-by-hand" });
    const { addressId, addressIp } = seed.address({ name: "web-pair", addressIp: "203.0.113.200" });
    await pair.synthesize([{ mechanism: "havip" }]);
    const id = `tencentcloud_vpc.Network_Vpc_FAC8F4A5=${vpcId}`;
    const { out } = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--id", id);
    expect(out).toContain("2 resources of the stack are there");
    // What is printed is a file of Terraform's, as it is.
    const printed = join(pair.stackFolder, "adopt.tf");
    writeFileSync(printed, out);
    const said = await pairOf(pair, "plan", await shownPlan(pair));
    expect(said.out).toContain("2 resources that are there already are taken into the state");
    expect(await pair.apply()).toEqual(DONE);
    expect([...state.vpcs.keys()]).toEqual([vpcId]);
    expect([...state.addresses.values()]).toMatchObject([{ addressId, addressIp, binding: { kind: "haVip" } }]);
    rmSync(printed);
    expect(await pair.plan()).toEqual(NOTHING_TO_DO);
  });

  test("a prepaid, protected pair with a key pair and another instance type is adopted as it is", async () => {
    const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me";
    const settings = {
      ...{ mechanism: "secondary-private-ip", terminationProtection: true },
      ...{ prepaid: { periodMonths: 1 }, keyPairs: [{ keyName: "ops", publicKey }] },
    };
    await using pair = await RunningPair.open(join(folder, "protected"));
    await pair.synthesize([settings]);
    expect(await pair.apply()).toEqual(DONE);
    pair.loseState();
    pair.writes.length = 0;
    const refused = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--write");
    expect(refused).toMatchObject({
      status: 5,
      err: expect.stringContaining("is prepaid, and the deploy that imports"),
    });

    await pair.synthesize([settings, { instanceType: "S5.LARGE8" }], ({ resource }) => {
      for (const { lifecycle } of Object.values(resource["tencentcloud_instance"] ?? {})) {
        (lifecycle as { ignore_changes: string[] }).ignore_changes.push("instance_charge_type_prepaid_period");
      }
    });
    await adopt(pair);
    await takeIn(pair);
  });
});
