import type { LocalCloud } from "local-cloud";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { SETTINGS, startCloud, TestNode } from "../support/pair.ts";

/** Settings that are as they should be. */
const whole = () => ({
  mechanism: "havip",
  region: "ap-singapore",
  vpcId: "vpc-1",
  virtualIps: [{ vip: "10.0.1.100" }],
  advertInt: 1,
  privateIp: "10.0.1.11",
  priority: 100,
  peerIp: "10.0.1.12",
  peerPriority: 80,
});

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startCloud("secondary-private-ip");
});
afterAll(() => cloud.stop());

test.each<[string, Record<string, unknown>, string]>([
  ["an unknown key", { colour: "red" }, "'colour' is unknown: take it out"],
  ["a missing key", { virtualIps: undefined }, "'virtualIps' is missing"],
  ["an empty value", { peerIp: "" }, "'peerIp' must not be \"\""],
  ["a value of a wrong type", { priority: "100" }, "'priority' must not be \"100\""],
  ["an address of a wrong type", { virtualIps: [{ vip: 7 }] }, "'virtualIps.0.vip' must not be 7"],
  ["no address", { virtualIps: [] }, "'virtualIps.0' is missing"],
  ["a list in place of an address", { virtualIps: [[]] }, "'virtualIps.0' must not be []"],
  [
    "a text in place of a list",
    { apiEndpoints: "https://a.example" },
    "'apiEndpoints' must not be \"https://a.example\"",
  ],
  [
    "an unknown key of an address",
    { virtualIps: [{ vip: "10.0.1.100", eip: 1 }] },
    "'virtualIps.0.eip' is unknown: take it out",
  ],
  ["an optional value of a wrong type", { roleName: null }, "'roleName' must not be null"],
])("refuses settings with %s", async (_, change, problem) => {
  const node = new TestNode(cloud, "primary", "secondary-private-ip");
  Object.assign(node.settings, change);
  const { status, receipt } = await node.run();
  expect(receipt).toMatchObject({ verdict: "failed", message: `${SETTINGS}: ${problem}` });
  expect(status).toBe(2);
});

test.each([
  ["that are missing", undefined, "missing or empty"],
  ["that are empty", "", "missing or empty"],
  ["that are not JSON", "{", "JSON"],
  ["that are cut off", '{"mechanism": "havip", "vip', "JSON"],
  ["that are no object", "42", "'mechanism' is missing"],
  ["that are null", "null", "'mechanism' is missing"],
])("refuses settings %s", async (_, text, problem) => {
  const lines: string[] = [];
  const status = await main({ ...nodeHost(), readFile: () => text }, ["reconcile"], (line) => lines.push(line));
  expect(status).toBe(2);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: "failed" });
  expect(lines[0]).toMatch(new RegExp(`/etc/pairctl/settings.json: .*${problem}`));
});

test.each([
  ["that are missing", undefined],
  ["that are not JSON", "<html>"],
  ["with an unknown key", JSON.stringify({ ...whole(), colour: "red" })],
  ["without a key", JSON.stringify({ ...whole(), region: undefined })],
])(
  "settings %s end each command that needs them with 2, a clear line, and no word about the address",
  async (_, text) => {
    const asked: string[] = [];
    const request = (url: string) => Promise.reject(new Error(`asked ${asked.push(url)}`));
    const writeFile = (path: string) => void asked.push(path);
    for (const command of ["reconcile", "reconcile --dry-run", "status --json", "status"]) {
      const lines: string[] = [];
      const host = {
        ...nodeHost(),
        readFile: (path: string) => (path === SETTINGS ? text : undefined),
        request,
        writeFile,
        appendFile: writeFile,
      };
      expect(await main(host, command.split(" "), (line) => lines.push(line))).toBe(2);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(SETTINGS);
      if (command === "status") expect(lines[0]).toMatch(/^ +holder: +EIP: +agree: unknown \/etc/);
      else expect(JSON.parse(lines[0] ?? "")).toMatchObject({ verdict: "failed", agree: "unknown", status: 1 });
      expect(lines[0]).not.toMatch(/mine|peer|holderAfter|vrrp/);
    }
    expect(asked).toEqual([]);
  },
);

test.each([[[]], [["move"]], [["reconcile", "a"]], [["status", "--dry-run"]], [["reconcile", "--json"]]])(
  "refuses the command line %j with its usage",
  async (argv) => {
    const lines: string[] = [];
    expect(await main(nodeHost(), argv, (line) => lines.push(line))).toBe(2);
    expect(lines).toEqual([
      "from source\n" +
        "usage: pairctl agent|doctor|reconcile|reconcile --dry-run|status|status --json|drain|undrain|receipts",
    ]);
  },
);
