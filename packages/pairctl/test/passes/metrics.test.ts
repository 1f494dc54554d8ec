import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NODE_PATHS } from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { YIELDS } from "../../src/protocol/yielding.ts";
import { startCloud, STATE, TestNode, VIP } from "../support/pair.ts";
import { network, simulateTimers } from "../support/simulated-time.ts";

const UNIT = fileURLToPath(new URL("../../../../assets/pairctl.service", import.meta.url));

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

/** The samples of Prometheus' text format, by name and labels; fails at a line that is not a sample, and at a repeated one. */
function samples(): Map<string, number> {
  const text = primary.files.get(`${STATE}metrics.prom`) ?? "";
  expect(text).toMatch(/\n$/);
  const found = new Map<string, number>();
  for (const line of text.slice(0, -1).split("\n")) {
    const [, name = "", value] =
      /^([a-zA-Z_:][\w:]*\{[a-z_]\w*="[^"\\\n]*"(?:,[a-z_]\w*="[^"\\\n]*")*\}) (-?\d+(?:\.\d+)?|NaN)$/.exec(line) ?? [];
    expect(name, line).not.toBe("");
    expect(found.has(name), line).toBe(false);
    found.set(name, Number(value));
  }
  return found;
}

const metric = (name: string, vip = VIP) => `pairctl_${name}{vip="${vip}"}`;

/** The state's sample, which says in its labels what is so. */
const state = (vrrp: string, agree: string, verdict: string, vip = VIP) =>
  `pairctl_state{vip="${vip}",state="${vrrp}",agree="${agree}",verdict="${verdict}"}`;

test("are what monitoring can use of a receipt, in Prometheus' text format and base units", async () => {
  const { receipt } = await primary.notify("MASTER").run();
  const { ExpiredTime } = JSON.parse(primary.files.get(`${STATE}credentials`) ?? "");
  expect([...samples()]).toEqual([
    [state("MASTER", "yes", "moved"), 1],
    [metric("promotions_total"), 0],
    [metric("takeover_seconds"), receipt.ms / 1000],
    [metric("clock_offset_seconds"), Number(receipt.skewMs) / 1000],
    [metric("credentials_expiry_timestamp_seconds"), ExpiredTime],
    [metric("yielding"), 0],
  ]);
});

test("show that a node yields to its peer, and the receipt says why", async () => {
  primary.hasVip = false;
  primary.files.set(`${STATE}yield`, "103\n").set("/proc/uptime", "102.99 1.00\n");
  const { receipt } = await primary.notify("FAULT").run();
  expect(receipt).toMatchObject({ vrrp: "FAULT", yields: true, message: YIELDS });
  expect(samples().get(metric("yielding"))).toBe(1);
});

test("show a run that failed, and that node and cloud do not agree", async () => {
  primary.changeVirtualIp({ parkingIp: "10.0.1.102" });
  await primary.notify("MASTER").run();
  expect([...samples().keys()]).toContain(state("MASTER", "no", "refused"));
});

test("tell what is unknown from what is wrong: a cloud that does not answer", async () => {
  cloud.faults.add({ action: "DescribeNetworkInterfaces", dropConnection: true, count: Infinity });
  await primary.notify("MASTER").run();
  expect([...samples().keys()]).toContain(state("MASTER", "unknown", "failed"));
});

test("are NaN where nothing is known: no role, no answer of the cloud, no takeover", async () => {
  await using fabric = await startCloud("havip");
  primary = new TestNode(fabric, "primary", "havip");
  primary.settings["roleName"] = undefined;
  await primary.notify("MASTER").run();
  expect([...samples()]).toEqual([
    [state("MASTER", "unknown", "unverified"), 1],
    [metric("promotions_total"), 0],
    [metric("takeover_seconds"), NaN],
    [metric("clock_offset_seconds"), NaN],
    [metric("credentials_expiry_timestamp_seconds"), NaN],
    [metric("yielding"), 0],
  ]);
});

test("take an answer without a time for no proof of a good clock", async () => {
  const request: Host["request"] = async (url, asked) => ({ ...(await network.request(url, asked)), date: undefined });
  await primary.notify("MASTER").run({ request });
  expect([...samples().keys()]).toContain(state("MASTER", "yes", "moved"));
  expect(samples().get(metric("clock_offset_seconds"))).toBeNaN();
});

test("tell the addresses of a node apart, and keep the samples of a name together, as the format demands", async () => {
  const second = "10.0.1.200";
  const foreign = { networkInterfaceId: "eni-foreign0", subnetId: "subnet-00000001", privateIp: "10.0.1.201" };
  cloud.seed.networkInterface({ ...foreign, secondaryPrivateIps: [second] });
  primary.settings["virtualIps"] = [{ vip: VIP, parkingIp: "10.0.1.101" }, { vip: second }];
  primary.extraVips = [second];
  await primary.notify("MASTER").run();
  expect([...samples().keys()]).toContain(state("MASTER", "yes", "moved"));
  expect([...samples().keys()]).toContain(state("MASTER", "no", "refused", second));
  const names = [...samples().keys()].map((sample) => sample.split("{")[0]);
  expect(names.filter((name, index) => name !== names[index - 1])).toEqual([...new Set(names)]);
});

test("say nothing good any more once the agent has ended: what its unit then does to the file", async () => {
  await primary.notify("MASTER").run();
  const [, script, file] = /^ExecStopPost=-\/bin\/sed -i "(.+)" (.+)$/m.exec(readFileSync(UNIT, "utf8")) ?? [];
  expect(file).toBe(NODE_PATHS.metrics);
  const text = primary.files.get(NODE_PATHS.metrics) ?? "";
  const { stdout } = spawnSync("sed", [String(script)], { input: text, encoding: "utf8" });
  expect(stdout).toBe(text.replace(/^(pairctl_state.*) 1$/m, "$1 0"));
  expect(stdout).not.toBe(text);
});

test("leave the agent's counter of holder changes alone where the run is one by hand: no sample sets it back", async () => {
  for (let runs = 0; runs < 2; runs += 1) {
    await primary.notify("MASTER").run();
    expect(samples().has(metric("promotions_total"))).toBe(true);
    expect(samples().has(metric("holder_changes_total"))).toBe(false);
  }
});

test.each(["status", "reconcile --dry-run"])("are not touched by %s, which changes nothing", async (command) => {
  await primary.notify("MASTER").command(command.split(" "));
  expect(primary.files.has(`${STATE}metrics.prom`)).toBe(false);
});
