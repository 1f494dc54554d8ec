import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VRRP_STATES } from "../../src/contract/index.ts";
import { noteMetrics } from "../../src/passes/metrics.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { startCloud, STATE, TestNode, VIP } from "../support/pair.ts";
import { simulateTimers } from "../support/simulated-time.ts";

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
      /^([a-zA-Z_:][\w:]*\{[a-z_]\w*="[^"\\\n]*"(?:,[a-z_]\w*="[^"\\\n]*")*\}) (-?\d+(?:\.\d+)?)$/.exec(line) ?? [];
    expect(name, line).not.toBe("");
    expect(found.has(name), line).toBe(false);
    found.set(name, Number(value));
  }
  return found;
}

const metric = (name: string, vip = VIP) => `pairctl_${name}{vip="${vip}"}`;

test("are what is a number in the receipt, in Prometheus' text format", async () => {
  const { receipt } = await primary.notify("MASTER").run();
  expect([...samples()].sort()).toEqual(
    [
      [metric("agree"), 1],
      [metric("ms"), receipt.ms],
      [metric("promotions"), 0],
      [metric("skewMs"), receipt.skewMs],
      [metric("status"), 0],
      ...VRRP_STATES.map((state): [string, number] => [
        `pairctl_state{vip="${VIP}",state="${state}"}`,
        state === "MASTER" ? 1 : 0,
      ]),
    ].sort(),
  );
});

test("show a run that failed, and that node and cloud do not agree", async () => {
  primary.changeVirtualIp({ parkingIp: "10.0.1.102" });
  await primary.notify("MASTER").run();
  expect(samples().get(metric("status"))).toBe(1);
  expect(samples().get(metric("agree"))).toBe(0);
});

test("tell the addresses of a node apart, and keep the samples of a name together, as the format demands", async () => {
  const second = "10.0.1.200";
  const foreign = { networkInterfaceId: "eni-foreign0", subnetId: "subnet-00000001", privateIp: "10.0.1.201" };
  cloud.seed.networkInterface({ ...foreign, secondaryPrivateIps: [second] });
  primary.settings["virtualIps"] = [{ vip: VIP, parkingIp: "10.0.1.101" }, { vip: second }];
  primary.extraVips = [second];
  await primary.notify("MASTER").run();
  expect(samples().get(metric("agree"))).toBe(1);
  expect(samples().get(metric("agree", second))).toBe(0);
  const names = [...samples().keys()].map((sample) => sample.split("{")[0]);
  expect(names.filter((name, index) => name !== names[index - 1])).toEqual([...new Set(names)]);
});

test("may be read by anybody, and only written by root", () => {
  const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  try {
    mkdirSync(join(folder, "run"));
    expect(noteMetrics(nodeHost(folder), [])).toBeUndefined();
    expect(statSync(join(folder, `${STATE}metrics.prom`)).mode & 0o777).toBe(0o644);
    expect(noteMetrics(nodeHost(join(folder, "absent")), [])).toMatch(/^ENOENT/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(["status", "reconcile --dry-run"])("are not touched by %s, which changes nothing", async (command) => {
  await primary.notify("MASTER").command(command.split(" "));
  expect(primary.files.has(`${STATE}metrics.prom`)).toBe(false);
});
