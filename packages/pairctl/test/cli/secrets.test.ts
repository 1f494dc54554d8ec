import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHECKS } from "../../src/cli/doctor/checks.ts";
import { peerChecks } from "../../src/cli/doctor/peer-checks.ts";
import { FakeRoot } from "../support/fake-root.ts";
import { SETTINGS, startCloud, STATE, tampered, TestNode } from "../support/pair.ts";
import { simulateTimers } from "../support/simulated-time.ts";

let cloud: LocalCloud;
let primary: TestNode;

beforeEach(simulateTimers);
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  primary = new TestNode(cloud, "primary", "secondary-private-ip");
});
afterEach(() => cloud.stop());

const ID = "AKIDdecoy-AKIDdecoy-AKIDdecoy-AKIDdecoy";
const KEY = "keydecoy+keydecoy/keydecoy+keydecoy=";
const TOKEN = "tokendecoy_tokendecoy-tokendecoy_tokendecoy";
const DECOY = /decoy/i;
const CREDENTIALS = { TmpSecretId: ID, TmpSecretKey: KEY, Token: TOKEN, ExpiredTime: 9e9, Code: "Success" };

/** All that a node says and writes for others to read: what is printed, its log, its metrics, what it remembers. */
function everything(lines: readonly string[]): string {
  const files = [...primary.files].filter(([path]) => path !== `${STATE}credentials` && path !== SETTINGS);
  return JSON.stringify([lines, files]);
}

const COMMANDS = ["reconcile", "reconcile --dry-run", "status", "status --json"];

test.each(COMMANDS)("credentials that the cloud refuses are not said by %s", async (command) => {
  primary.files.set(`${STATE}credentials`, JSON.stringify(CREDENTIALS));
  const echo = tampered("metadata", () => JSON.stringify(CREDENTIALS));
  const { status, lines } = await primary.notify("MASTER").command(command.split(" "), { ...echo });
  expect(status).toBe(1);
  expect(lines.join()).toMatch(/AuthFailure/);
  expect(everything(lines)).not.toMatch(DECOY);
});

test.each([
  ["in the message of an error", { Response: { Error: { Code: "InternalError", Message: `${ID} ${TOKEN}` } } }],
  ["where a list should be", { Response: { NetworkInterfaceSet: `${ID} ${TOKEN}` } }],
  ["where addresses should be", { Response: { NetworkInterfaceSet: [{ PrivateIpAddressSet: TOKEN }] } }],
  ["instead of a response", { Response: TOKEN }],
])("credentials that the API echoes %s are not said", async (_, answer) => {
  const echo = tampered("DescribeNetworkInterfaces", () => JSON.stringify(answer));
  for (const command of COMMANDS) {
    const { status, lines } = await primary.notify("MASTER").command(command.split(" "), { ...echo });
    expect(status).toBe(1);
    expect(everything(lines)).not.toMatch(DECOY);
  }
});

test.each([
  ["cut off", JSON.stringify(CREDENTIALS).slice(0, -30)],
  ["in a page of HTML", `<html>${KEY}</html>`],
  ["without a token", JSON.stringify({ ...CREDENTIALS, Token: undefined })],
  ["as a mere text", JSON.stringify(KEY)],
  ["that no header can carry", JSON.stringify({ ...CREDENTIALS, Token: `${TOKEN}\n` })],
])("credentials that come %s are not said", async (_, body) => {
  for (const kept of ["", body]) {
    primary.files.set(`${STATE}credentials`, kept);
    const { status, lines } = await primary
      .notify("MASTER")
      .command(["reconcile"], { ...tampered("metadata", () => body) });
    expect(status).toBe(1);
    expect(everything(lines)).not.toMatch(DECOY);
  }
});

test("a value that does not belong into the settings is not said, only its key", async () => {
  primary.settings["secretKey"] = KEY;
  const { status, lines } = await primary.command(["reconcile"]);
  expect(lines.join()).toContain("'secretKey' is unknown");
  expect(everything(lines)).not.toMatch(DECOY);
  expect(status).toBe(2);
});

test("a whole run leaves credentials in one file alone, which is root's", async () => {
  const modes = new Map<string, number | undefined>();
  await primary.notify("MASTER").run({
    writeFile: (path, text, mode) => {
      modes.set(path, mode);
      primary.files.set(path, text);
    },
  });
  const { TmpSecretId, TmpSecretKey, Token } = JSON.parse(primary.files.get(`${STATE}credentials`) ?? "");
  for (const secret of [TmpSecretId, TmpSecretKey, Token]) {
    const found = [...primary.files].filter(([, text]) => text.includes(secret)).map(([path]) => path);
    expect(found).toEqual([`${STATE}credentials`]);
  }
  // The default, which is 0600.
  expect(modes.get(`${STATE}credentials`)).toBeUndefined();
});

test("doctor says nothing of the credentials that are kept", async () => {
  using root = new FakeRoot().file("/run/pairctl.credentials", JSON.stringify(CREDENTIALS), 0o600);
  const { lines } = await primary.command(["doctor"], { shell: (command) => root.shell(command) });
  expect(lines).toHaveLength([...CHECKS, ...peerChecks()].length);
  expect(lines.join()).not.toMatch(DECOY);
});
