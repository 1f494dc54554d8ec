import type { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CHECKS } from "../../../src/cli/doctor/checks.ts";
import { peerChecks } from "../../../src/cli/doctor/peer-checks.ts";
import { NODE_CONF, PREFLIGHT } from "../../../src/contract/index.ts";
import type { Host } from "../../../src/node/host.ts";
import { FakeRoot } from "../../support/fake-root.ts";
import { startCloud, TestNode } from "../../support/pair.ts";
import { simulateTimers } from "../../support/simulated-time.ts";

const CONF = "/etc/keepalived/keepalived.conf";
const CHECK = "/opt/check_service_1";
const INSTANCE = "vrrp_instance VIP {\n}\n";

let cloud: LocalCloud;
let root: FakeRoot;
let node: TestNode;

/** keepalived of a version, whose `-t` does something. */
const keepalived = (version: string, test = 'test -f "$3"') =>
  `case "$1" in -v) echo "Keepalived v${version} (01/16,2022)" >&2;; -t) ${test};; esac`;

beforeEach(simulateTimers);
/** A standby on which all is well. */
beforeEach(async () => {
  cloud = await startCloud("secondary-private-ip");
  await new TestNode(cloud, "secondary", "secondary-private-ip").notify("MASTER").run();
  node = new TestNode(cloud, "primary", "secondary-private-ip").notify("BACKUP");
  node.hasVip = false;
  node.peerState = "MASTER";
  root = new FakeRoot()
    .program("keepalived", keepalived("2.2.7"))
    .program("systemctl", "echo $1")
    .file("/usr/libexec/keepalived/notify", "#!/bin/sh\n", 0o755)
    .file(NODE_CONF, 'CHECKS=""\n')
    .file(PREFLIGHT, "#!/bin/sh\n", 0o755)
    .file("/usr/sbin/pairctl", "#!/bin/sh\n", 0o755);
  configure(INSTANCE);
});
afterEach(async () => {
  root[Symbol.dispose]();
  await cloud.stop();
});

/** Writes keepalived's configuration, where pairctl reads it and where the shell does. */
function configure(conf: string): void {
  node.files.set(CONF, conf);
  root.file(CONF, conf);
}

const doctor = (overrides: Partial<Host> = {}) =>
  node.command(["doctor"], { shell: (command) => root.shell(command), ...overrides });

/** Sees that of all lines just one is not well, and what it and the exit status say. */
async function expectOnly(line: RegExp, overrides: Partial<Host> = {}): Promise<void> {
  const { status, lines } = await doctor(overrides);
  const bad = lines.filter((each) => !each.startsWith("ok "));
  expect(bad).toEqual([expect.stringMatching(line)]);
  expect(lines).toHaveLength(CHECKS.length + peerChecks().length);
  expect(status).toBe(bad[0]?.startsWith("fail") ? 1 : 0);
}

test("says ok of each thing where all is well, and exits with 0", async () => {
  expect(await doctor()).toEqual({ status: 0, lines: [...CHECKS, ...peerChecks()].map(({ what }) => `ok ${what}`) });
});

describe("readiness for keepalived", () => {
  test("fails where preflight says what is missing", async () => {
    root.file(
      PREFLIGHT,
      "#!/bin/sh\necho 'keepalived 1.2.8 or later must be installed, found: 1.2.7'\nexit 1\n",
      0o755,
    );
    await expectOnly(/^fail ready for keepalived: keepalived 1\.2\.8 or later .*found: 1\.2\.7 \(install or mend it/);
  });

  test("fails where there is no preflight", async () => {
    root.file(PREFLIGHT, "", 0o755);
    rmSync(join(root.path, PREFLIGHT));
    await expectOnly(/^fail ready for keepalived: .*not found/);
  });
});

describe("keepalived's configuration", () => {
  test("fails where keepalived calls it wrong, with its own words", async () => {
    root.program("keepalived", keepalived("2.2.7", "echo 'Unknown keyword' >&2; exit 4"));
    await expectOnly(/^fail keepalived.conf: Unknown keyword \(fix /);
  });

  test("fails where keepalived remarks on it and exits with 0, as Debian 11's does", async () => {
    root.program("keepalived", keepalived("2.1.5", "echo 'Unknown keyword' >&2; exit 0"));
    await expectOnly(/^fail keepalived.conf: Unknown keyword \(fix /);
  });

  test.each(["2.0.7", "2.2.7", "2.10.0", "3.0"])("is tested by keepalived %s", async (version) => {
    root.program("keepalived", keepalived(version));
    expect((await doctor()).lines[1]).toBe("ok keepalived.conf");
  });

  test.each(["1.2.8", "1.3.5", "2.0.4"])("is unknown to keepalived %s, which cannot test it", async (version) => {
    root.program("keepalived", keepalived(version, "echo 'invalid option'; exit 1"));
    await expectOnly(/^unknown keepalived.conf: status 75/);
  });
});

describe("health checks", () => {
  beforeEach(() => root.file(NODE_CONF, `CHECKS="${root.path}${CHECK}"\n`));

  test("are well where they succeed", async () => {
    root.file(CHECK, "#!/bin/sh\nexit 0\n", 0o755);
    expect((await doctor()).status).toBe(0);
  });

  test.each([
    ["that calls a program which is not on the image", "curl-that-is-not-there localhost", 0o755, /check_\w+: 127/],
    ["that is not executable", "exit 0", 0o644, /check_\w+: 126/],
    ["that fails", "echo 500; exit 22", 0o755, /500\n\S*check_\w+: 22/],
  ])("%s: fails, and is named", async (_, command, mode, said) => {
    root.file(CHECK, `#!/bin/sh\n${command}\n`, mode);
    await expectOnly(new RegExp(`^fail health checks: [^]*${said.source}`));
  });

  test("that hang are given up after ten seconds, and are named", async () => {
    // The node's own program ends the check then; this one does not let it wait for that.
    root.program("timeout", 'echo "given up after $1 s: $2"; exit 124');
    root.file(CHECK, "#!/bin/sh\nexit 0\n", 0o755);
    await expectOnly(/^fail health checks: given up after 10 s: (\S*check_\w+)\n\1: 124 \(fix the service\)$/);
  });

  test("whose script is gone fail, and are named", async () => {
    await expectOnly(/^fail health checks: [^]*check_\w+: 127/);
  });

  test("of the user's own are looked for, and not run", async () => {
    root.file(NODE_CONF, 'CHECKS=""\n');
    const tracked = (name: string, command: string) => `vrrp_script ${name} {\n  script ${command}\n  interval 5\n}\n`;
    const runs = join(root.path, "has-been-run");
    const [there, gone] = [tracked("web", `"touch ${runs}"`), tracked("db", "program-that-is-not-there -v")];
    configure(there + INSTANCE);
    expect((await doctor()).status).toBe(0);
    configure(there + gone + INSTANCE);
    await expectOnly(/^fail health checks: [^]*no program-that-is-not-there \(/);
    expect(existsSync(runs)).toBe(false);
  });
});

describe("scripts", () => {
  test.each([
    ["anybody may write to one", 0o757],
    ["its group may write to one", 0o775],
    ["one is not executable", 0o644],
  ])("fail where %s, and it is named", async (_, mode) => {
    root.file("/usr/libexec/keepalived/notify", "#!/bin/sh\n", mode);
    await expectOnly(
      /^fail scripts: \S*\/usr\/libexec\/keepalived\/notify \(chown root, chmod 755, reload keepalived\)$/,
    );
  });

  test("fail where they are not root's", async () => {
    root.owner = "nobody";
    await expectOnly(/^fail scripts: [^]*keepalived\/notify\n[^]*\/usr\/sbin\/pairctl \(/);
  });

  test.each(["/usr/libexec/keepalived", "/usr/sbin/pairctl"])("fail where %s is not there", async (path) => {
    root.remove(path);
    await expectOnly(new RegExp(`^fail scripts: .*${path}.*No such file`));
  });
});

test.each([
  ["keepalived is not enabled", "is-enabled", "keepalived"],
  ["keepalived does not run", "is-active", "keepalived"],
  ["the agent is not enabled", "is-enabled", "pairctl"],
  ["the agent does not run", "is-active", "pairctl"],
  ["the timer is not enabled", "is-enabled", "pairctl.timer"],
  ["the timer does not run", "is-active", "pairctl.timer"],
])("fails where %s, in one line that the console can show", async (_, asked, unit) => {
  root.program("systemctl", `[ "$*" != "-q ${asked} ${unit}" ]`);
  await expectOnly(new RegExp(`^fail units: no ${unit} \\(pairctl undrain\\)$`));
});

describe("who serves:", () => {
  const bad = async (): Promise<{ status: number; bad: string[] }> => {
    const { status, lines } = await doctor();
    return { status, bad: lines.filter((line) => !line.startsWith("ok ")) };
  };

  test.each([
    ["FAULT", true],
    ["STOP", true],
    ["MASTER", false],
  ])("a standby in %s (keepalived runs: %s) is no standby", async (notified, runs) => {
    node.notify(notified).keepalived = runs;
    const state = runs ? notified : "DEAD";
    expect(await bad()).toEqual({
      status: 1,
      bad: [
        `fail keepalived: ${state} (journalctl -u keepalived)`,
        expect.stringMatching(/^fail cloud and node agree: .* holder: peer .*agree: unknown/),
      ],
    });
  });

  test("a keepalived without an instance is no standby", async () => {
    node.files.set("/proc/net/raw", "  sl  local_address\n");
    expect((await bad()).bad[0]).toMatch(/^fail keepalived: FAULT/);
  });

  test("an address that nobody has taken fails", async () => {
    await cloud.stop();
    cloud = await startCloud("secondary-private-ip");
    node = new TestNode(cloud, "primary", "secondary-private-ip").notify("BACKUP");
    node.hasVip = false;
    node.peerState = "MASTER";
    configure(INSTANCE);
    expect(await bad()).toEqual({
      status: 1,
      bad: [expect.stringMatching(/^fail cloud and node agree: 10.0.1.100 BACKUP holder: parked .*agree: no/)],
    });
  });

  test("a MASTER is well whose peer is BACKUP", async () => {
    await node.notify("MASTER").run();
    node.hasVip = true;
    node.peerState = "BACKUP";
    await node.run();
    expect(await bad()).toEqual({ status: 0, bad: [] });
  });

  test("a pair whose pairctl has no role is unknown, and does not fail", async () => {
    delete node.settings["roleName"];
    const { status, bad: lines } = await bad();
    expect(lines).toEqual([
      expect.stringMatching(/^unknown cloud and node agree: .*no role/),
      expect.stringMatching(/^unknown API: not told/),
      expect.stringMatching(/^unknown clock/),
    ]);
    expect(status).toBe(0);
  });

  test("settings that cannot be read fail, and are named", async () => {
    node.settings = { mechanism: "havip" };
    const { status, bad: lines } = await bad();
    expect(lines.join("\n")).toMatch(/fail cloud and node agree: .*settings\.json: .*'region' is missing/);
    expect(lines).toContainEqual(expect.stringMatching(/^unknown API: not told/));
    expect(status).toBe(1);
  });

  test("a MASTER whose peer has the address is told to look there, since both may be MASTER", async () => {
    node.notify("MASTER").hasVip = true;
    expect((await bad()).bad).toContainEqual(
      expect.stringMatching(/^fail cloud and node agree: .* MASTER holder: peer .* \(see receipts, peer\)$/),
    );
  });

  test("an address whose receipt is good does not hide another one", async () => {
    const virtualIps = node.settings["virtualIps"] as object[];
    node.settings["virtualIps"] = [...virtualIps, { vip: "10.0.1.200" }];
    expect((await bad()).bad).toEqual([expect.stringMatching(/^fail cloud and node agree: 10.0.1.200 .*holder: none/)]);
  });
});

describe("the API", () => {
  test.each([-3_600_000, 3_600_000])("and a clock that is %d ms off: a warning", async (skew) => {
    await expectOnly(/^warn clock: -?\d+ ms/, { now: () => Date.now() + skew });
  });

  test("and a clock that is a minute off: well", async () => {
    expect((await doctor({ now: () => Date.now() + 60_000 })).status).toBe(0);
  });

  test("where the first endpoint does not answer: a warning", async () => {
    node.settings["apiEndpoints"] = ["http://127.0.0.1:1", ...cloud.apiUrls];
    await expectOnly(/^warn API: no answer/);
  });
});

describe("the peer", () => {
  test("that says nothing: a warning", async () => {
    node.peerState = undefined;
    await expectOnly(/^warn peer: silent \(allow TCP 3112, protocol 112\)$/);
  });

  test("that is MASTER, as this node is: a warning, since neither hears the other", async () => {
    await node.notify("MASTER").run();
    node.hasVip = true;
    await node.run();
    await expectOnly(/^warn peer: MASTER, too \(/);
  });
});

test("warns of a node without Python, which hears no adverts, and so does not yield", async () => {
  root.program("command", "exit 1");
  await expectOnly(/^warn python3: .* \(install it\)$/);
});

describe("a pair whose agents do not tell each other what keepalived is", () => {
  beforeEach(() => {
    vi.stubGlobal("__PEER_WORD__", false);
    root.program("ping", 'test "$3" = 10.0.1.12');
  });
  afterEach(() => vi.unstubAllGlobals());

  test("a standby is well whose peer answers pings, whatever answers on the agents' port", async () => {
    const checks = [...CHECKS.map(({ what }) => what), "ping of the peer", "VRRP of the MASTER"];
    expect(await doctor()).toEqual({ status: 0, lines: checks.map((what) => `ok ${what}`) });
  });

  test("warns of a peer that does not answer pings", async () => {
    root.program("ping", 'echo "100% packet loss";exit 1');
    await expectOnly(/^warn ping of the peer: 100% packet loss \(see its doctor\)$/);
  });

  test("a MASTER is well, but for what only its peer can tell", async () => {
    await node.notify("MASTER").run();
    node.hasVip = true;
    await node.run();
    await expectOnly(/^unknown VRRP of the MASTER: see the peer's doctor \(allow protocol 112\)$/);
  });

  test("each check tells what to do", () => {
    for (const { remedy, what } of peerChecks()) expect(remedy, what).toMatch(/\w/);
  });
});

test("each check tells what to do", () => {
  for (const { remedy, what } of [...CHECKS, ...peerChecks()]) expect(remedy, what).toMatch(/\w/);
});
