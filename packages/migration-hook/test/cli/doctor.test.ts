import type { LocalCloud } from "local-cloud";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { FakeRoot } from "../support/fake-root.ts";
import { startCloud, TestNode } from "../support/pair.ts";

const KEEPALIVED = "fail keepalived must be 1.2.8 or later";
const NODE = "fail Node.js must be 10.19 or later";
const CONFIGURATION = "warn keepalived.conf must be correct";
const SCRIPTS = "fail scripts must be root's alone and executable";
const UNITS = "fail units must be enabled and active: pairctl undrain";
const AGREE = "fail cloud and node must agree";
const API = "warn API must answer, its clock and ours agree";
const PEER = "warn peer should answer pings";
const VRRP = "warn VRRP must be heard by the BACKUP: ask the peer's doctor or allow protocol 112";
const LINES = [KEEPALIVED, NODE, CONFIGURATION, SCRIPTS, UNITS, AGREE, API, PEER, VRRP];

let cloud: LocalCloud;
let root: FakeRoot;

/** What the real `pairctl status --json` says on a node whose clock is so far off. */
async function receiptAt(skewMs: number): Promise<string> {
  const node = new TestNode(cloud, "secondary", "secondary-private-ip");
  node.hasVip = false;
  const { lines } = await node.command(["status", "--json"], { now: () => Date.now() + skewMs });
  return lines.join("\n");
}

const answer = (json: string, status = 0) =>
  `case "$*" in "status --json") cat <<'END'\n${json}\nEND\n;; *) echo "what status says"; exit ${status};; esac`;

beforeAll(async () => {
  cloud = await startCloud("secondary-private-ip");
});
afterAll(() => cloud.stop());

/** A standby on which all is well. */
beforeEach(async () => {
  root = new FakeRoot()
    .program("keepalived", 'case "$1" in -v) echo "Keepalived v2.2.7 (01/16,2022)" >&2;; -t) test -f "$3";; esac')
    .program("node", "echo v12.22.9")
    .program("systemctl", "echo $1")
    .program("pairctl", answer(await receiptAt(0)))
    .program("ping", 'test "$3" = 10.0.1.12')
    .file("/etc/keepalived/keepalived.conf", "  unicast_peer {\n    10.0.1.12\n  }\n")
    .file("/usr/libexec/keepalived/notify", "#!/bin/sh\n", 0o755)
    .file("/usr/sbin/pairctl", "#!/bin/sh\n", 0o755)
    .file("/run/migration-hook.wish", "BACKUP 2026-01-31T03:00:00,5\n");
});
afterEach(() => root[Symbol.dispose]());

async function doctor(): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  const host = { ...nodeHost(), shell: (command: string) => root.shell(command) };
  return { status: await main(host, ["doctor"], (line) => lines.push(line)), lines };
}

/** Sees that of all lines just one is not well, and what the exit status is. */
async function expectOnly(line: string, said: string | RegExp): Promise<void> {
  const { status, lines } = await doctor();
  const bad = lines.filter((each) => !each.startsWith("ok "));
  expect(bad).toEqual([expect.stringMatching(line)]);
  expect(bad[0]?.slice(line.length)).toMatch(said);
  expect(lines).toHaveLength(LINES.length);
  expect(status).toBe(line.startsWith("fail") ? 1 : 0);
}

test("says ok of each thing where all is well, and exits with 0", async () => {
  expect(await doctor()).toEqual({ status: 0, lines: LINES.map((line) => line.replace(/^\w+/, "ok")) });
});

test.each(["v1.2.8 (05/08,2013)", "v1.3.5 (03/19,2017)", "v2.0.10 (11/12,2018)"])(
  "accepts keepalived %s",
  async (version) => {
    root.program("keepalived", `if [ $1 = -v ];then echo "Keepalived ${version}";fi`);
    expect((await doctor()).lines[0]).toBe(KEEPALIVED.replace("fail", "ok"));
  },
);

test.each([
  ["older than unicast", "echo 'Keepalived v1.2.7 (02/21,2013)' >&2"],
  ["of long ago", "echo 'Keepalived v1.1.20' >&2"],
])("fails a keepalived %s", async (_, script) => {
  root.program("keepalived", `if [ $1 = -v ];then ${script};fi`);
  await expectOnly(KEEPALIVED, /^: $/);
});

test("fails a keepalived that is not there", async () => {
  root.program("keepalived", undefined);
  const { status, lines } = await doctor();
  expect(lines[0]).toMatch(KEEPALIVED);
  expect(lines[2]).toMatch(/^warn keepalived.conf must be correct: .*keepalived.*not found/);
  expect(status).toBe(1);
});

test.each(["v10.18.1", "v8.17.0", "v4.9.1"])("fails Node.js %s", async (version) => {
  root.program("node", `echo ${version}`);
  await expectOnly(NODE, /^: $/);
});

test.each(["v10.19.0", "v10.24.1", "v12.0.0", "v24.1.0"])("accepts Node.js %s", async (version) => {
  root.program("node", `echo ${version}`);
  expect((await doctor()).lines[1]).toBe(NODE.replace("fail", "ok"));
});

test("takes no notice of what keepalived 2.2.7 says of every pair's configuration", async () => {
  const said = [
    "Sync group PAIR has only 1 virtual router(s) - this probably isn't what you want",
    "(VIP) Ignoring track_interface eth0 since own interface",
  ];
  const say = said.map((line) => `echo "${line}" >&2`).join(";");
  root.program("keepalived", `if [ $1 = -v ];then echo Keepalived v2.2.7;else ${say};exit 5;fi`);
  expect((await doctor()).lines).toContain("ok keepalived.conf must be correct");
});

test("warns of a configuration that keepalived calls wrong, with its own words", async () => {
  root.program("keepalived", "if [ $1 = -v ];then echo Keepalived v2.2.7;else echo 'Unknown keyword' >&2;exit 4;fi");
  await expectOnly(CONFIGURATION, /^: Unknown keyword$/);
});

test.each([
  ["anybody may write to a script", 0o757],
  ["its group may write to a script", 0o775],
  ["a script is not executable", 0o644],
])("fails where %s, and names it", async (_, mode) => {
  root.file("/usr/libexec/keepalived/check", "#!/bin/sh\n", mode);
  await expectOnly(SCRIPTS, /^: \S*\/usr\/libexec\/keepalived\/check$/);
});

test("fails where anybody may write to pairctl itself", async () => {
  root.file("/usr/sbin/pairctl", "#!/bin/sh\n", 0o757);
  await expectOnly(SCRIPTS, /^: \S*\/usr\/sbin\/pairctl$/);
});

test("fails where scripts are not root's", async () => {
  root.owner = "nobody";
  await expectOnly(SCRIPTS, /keepalived\/notify\n\S*\/usr\/sbin\/pairctl$/);
});

test.each(["/usr/libexec/keepalived", "/usr/sbin/pairctl"])(
  "fails where %s is not there, and says so",
  async (path) => {
    root.remove(path);
    await expectOnly(SCRIPTS, new RegExp(`${path}.*No such file`));
  },
);

test.each([
  ["keepalived is not enabled", "is-enabled keepalived", /^: disabled$/],
  ["keepalived does not run", "is-active keepalived", /disabled$/],
  ["the timer is not enabled", "is-enabled migration-hook.timer", /disabled$/],
  ["the timer does not run", "is-active migration-hook.timer", /disabled$/],
])("fails where %s", async (_, asked, said) => {
  root.program("systemctl", `if [ "$*" = "${asked}" ];then echo disabled;exit 3;fi;echo well`);
  await expectOnly(UNITS, said);
});

test("fails where cloud and node do not agree, with what status says", async () => {
  root.program("pairctl", answer(await receiptAt(0), 1));
  await expectOnly(AGREE, /^: what status says$/);
});

test.each([-3_600_000, 3_600_000])("warns of a clock that is %d ms off, and the cloud says so", async (skew) => {
  root.program("pairctl", answer(await receiptAt(skew)));
  await expectOnly(API, /^: $/);
});

test("lets a clock be a minute off", async () => {
  root.program("pairctl", answer(await receiptAt(60_000)));
  expect((await doctor()).lines[6]).toBe(API.replace("warn", "ok"));
});

test("warns of an API that does not answer", async () => {
  cloud.faults.add({ action: "*", dropConnection: true, count: 2 });
  root.program("pairctl", answer(await receiptAt(0)));
  cloud.faults.clear();
  await expectOnly(API, /^: $/);
});

test("warns of a peer that does not answer pings", async () => {
  root.program("ping", 'echo "100% packet loss";exit 1');
  await expectOnly(PEER, /^: 100% packet loss$/);
});

test("asks for a look at the peer where this node is not the one that hears", async () => {
  root.file("/run/migration-hook.wish", "MASTER 2026-01-31T03:00:00,5\n");
  await expectOnly(VRRP, /^: $/);
});
