import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderNodeConf } from "../../constructs/render/node-conf";

const ASSETS = join(__dirname, "..", "..", "assets");
const CONF = "etc/keepalived/keepalived.conf";
const NOTIFICATION = "run/pairctl.notification";
const CHECK = "usr/libexec/keepalived/check_service_1";
const GATE = "var/lib/pairctl/keepalived-may-start";
const RESTART_AGENT = "systemctl restart --no-block pairctl.service";
const SET_UP = "var/lib/pairctl/set-up";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "node-scripts-"));
  for (const folder of ["bin", "run", "dev", "var/log"]) mkdirSync(join(root, folder), { recursive: true });
  writeNodeConf("1.2.8");
  write(CHECK, "#!/bin/sh\n");
  chmodSync(join(root, CHECK), 0o755);
  write("proc/uptime", "1000.50 1.00\n");
  install("awake");
  write(CONF, "vrrp_instance VIP {\n    interface eth0\n    track eth01\n    10.0.1.100\n    10.0.1.101\n}\n");
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the user data tells the scripts, with the oldest keepalived that may run. */
function writeNodeConf(minKeepalivedVersion: string): void {
  const conf = { packages: ["keepalived", "nodejs"], privateAddress: "10.0.1.11", minKeepalivedVersion };
  write(
    "etc/pairctl/node.conf",
    renderNodeConf({ ...conf, virtualAddresses: ["10.0.1.100", "10.0.1.101"], checks: [join(root, CHECK)] }),
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const read = (path: string) => readFileSync(join(root, path), "utf8");
const has = (path: string) => existsSync(join(root, path));
const calls = () => (has("calls") ? read("calls").trim().split("\n") : []);

/** A program that notes that it was called, and does something. */
function fake(name: string, body = ""): void {
  write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >>${root}/calls\n${body}\n`);
  chmodSync(join(root, "bin", name), 0o755);
}

/** The text of a script for a node whose every path is in a folder of its own. */
function onNode(text: string): string {
  return text
    .replace(/(?<=[\s"'<>=(])\/(?=(run|dev\/console|var|etc|usr\/libexec|proc\/(net|uptime|\[))\b)/g, `${root}/`)
    .replace(/^PATH=.*$/m, `PATH=${root}/bin:$PATH`);
}

/** What ends a script that hangs, and a wait for what never comes, in ms: no machine is as busy as that. */
const HANGS_MS = 60_000;

/** Puts a script where the others call it. */
function install(name: string, folder = "usr/libexec/pairctl"): string {
  write(`${folder}/${name}`, onNode(readFileSync(join(ASSETS, name), "utf8")));
  chmodSync(join(root, folder, name), 0o755);
  return join(root, folder, name);
}

const env = () => ({ ...process.env, PATH: `${root}/bin:${process.env["PATH"]}` });
/** As a node's sh starts them: one that is called sh ends at an error that bash by itself goes on after. */
const SHELLS = { dash: ["dash"], bash: ["bash", "--posix"], busybox: ["busybox", "sh"] } as const;
const NAMES = ["dash", "bash", "busybox"] as const;
const shells = NAMES.filter((name) => spawnSync(SHELLS[name][0], [...SHELLS[name].slice(1), "-c", ":"]).status === 0);
const isLinux = process.platform === "linux";
if (!isLinux) console.log("not run: the nodes' scripts need Linux");
else if (shells.length < 3) console.log(`not run under each shell that is a node's sh: there is only ${shells}`);

/** What no program of ours writes into a file that has a number in it, or ends with one. */
const GARBAGE = ["x", "12x", "08", "3 foo", "1)", "-", "9".repeat(30), ""];

describe.skipIf(!isLinux).each(shells)("under %s,", (shellName) => {
  const [shell, ...flags] = SHELLS[shellName];
  /** Runs a script of the nodes. */
  const run = (name: string, ...args: string[]) =>
    spawnSync(shell, [...flags, install(name), ...args], { encoding: "utf8", env: env(), timeout: HANGS_MS });
  /** Starts one whose first call of date waits until it is told to go on. */
  const begin = async (...args: string[]): Promise<{ child: ChildProcess; goOn: () => Promise<unknown> }> => {
    fake(
      "date",
      `mkdir ${root}/first 2>/dev/null && until [ -e ${root}/go ]; do sleep 0.01; done; exec /bin/date "$@"`,
    );
    const child = spawn(shell, [...flags, install("notify"), ...args], { env: env(), stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await vi.waitFor(() => expect(has("first")).toBe(true), { timeout: HANGS_MS, interval: 5 });
    const goOn = async () => {
      write("go", "");
      return ended;
    };
    return { child, goOn };
  };

  describe("notify", () => {
    beforeEach(() => fake("systemctl"));
    /** The user's own commands, which note what they are told. */
    const installUserCommands = () => {
      write("usr/libexec/pairctl/notify_user", `#!/bin/sh\necho "user $*" >>${root}/calls\n`);
      chmodSync(join(root, "usr/libexec/pairctl/notify_user"), 0o755);
    };
    const toldToUser = () => calls().filter((call) => call.startsWith("user"));

    test("writes the notification down, and starts an agent that is not awake anew", () => {
      // Read without the fraction of its second.
      const before = Date.now() - 1000;
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(calls()).toEqual([RESTART_AGENT]);
      const [, time] = /^MASTER (\d{4}-\d\d-\d\dT\S+) \d+\n$/.exec(read(NOTIFICATION)) ?? [];
      const written = Date.parse(time?.replace(/,\d+/, "") ?? "");
      expect([before <= written, written <= Date.now()]).toEqual([true, true]);
      expect(read("var/log/keepalived.log")).toBe(`${time} MASTER\n`);
    });

    test("each notification is one of its own, the latest stands, and nothing is left beside it", () => {
      run("notify", "MASTER");
      const first = read(NOTIFICATION);
      run("notify", "BACKUP");
      run("notify", "MASTER");
      expect(read(NOTIFICATION)).toMatch(/^MASTER /);
      expect(read(NOTIFICATION)).not.toBe(first);
      expect(read("var/log/keepalived.log").match(/ \w+\n/g)).toEqual([" MASTER\n", " BACKUP\n", " MASTER\n"]);
      expect(readdirSync(join(root, "run"))).toEqual(["pairctl.notification", "pairctl.notification.lock"]);
    });

    test("an older notification that is slower never replaces a newer one, nor is the user told of it", async () => {
      installUserCommands();
      const { goOn } = await begin("MASTER");
      run("notify", "BACKUP");
      const newer = read(NOTIFICATION);
      expect(newer).toMatch(/^BACKUP /);
      await goOn();
      expect(read(NOTIFICATION)).toBe(newer);
      expect(toldToUser()).toEqual(["user BACKUP detached"]);
    });

    test("an older notification that has waited for a newer one to be written down leaves that alone", () => {
      // A minute later in ticks of a hundredth of a second, as notify counts. It stands there once the lock is free.
      const seconds = parseFloat(readFileSync("/proc/uptime", "utf8")) + 60;
      const newer = `BACKUP now ${Math.floor(seconds * 100) * 4_194_304}\n`;
      fake("flock", `echo '${newer.trim()}' >${root}/${NOTIFICATION}`);
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(calls()).toContain("flock -w 2 8");
      expect(read(NOTIFICATION)).toBe(newer);
    });

    test("nobody but root may read or write what it writes, whatever keepalived's umask is", () => {
      const before = process.umask(0);
      try {
        run("notify", "MASTER");
      } finally {
        process.umask(before);
      }
      for (const path of [NOTIFICATION, `${NOTIFICATION}.lock`, "var/log/keepalived.log"]) {
        expect([path, statSync(join(root, path)).mode & 0o777]).toEqual([path, 0o600]);
      }
    });

    test.each([...GARBAGE, "9".repeat(18)])("what is no number of a notification, as '%s', is replaced", (order) => {
      write(NOTIFICATION, `BACKUP now ${order}\n`);
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(read(NOTIFICATION)).toMatch(/^MASTER \S+ \d+\n$/);
    });

    test("a notification survives the SIGTERM by which keepalived ends its scripts when it stops", async () => {
      const { child, goOn } = await begin("STOP");
      child.kill("SIGTERM");
      await goOn();
      expect(read(NOTIFICATION)).toMatch(/^STOP /);
      expect(calls()).toContain(RESTART_AGENT);
    });

    test("one that is killed leaves nothing that grows", async () => {
      const { child } = await begin("MASTER");
      child.kill("SIGKILL");
      write("go", "");
      run("notify", "BACKUP");
      expect(readdirSync(join(root, "run"))).toEqual(["pairctl.notification", "pairctl.notification.lock"]);
      expect(read(NOTIFICATION)).toMatch(/^BACKUP /);
    });

    test("without space it is written over the one before, and leaves nothing beside it", () => {
      run("notify", "MASTER_RX_LOWER_PRI");
      // What stands in for a full disk: nothing can be written there.
      symlinkSync("/dev/full", join(root, `${NOTIFICATION}.new`));
      run("notify", "FAULT");
      expect(read(NOTIFICATION)).toMatch(/^FAULT \S+ \d+ *\n$/);
      expect(readdirSync(join(root, "run"))).toEqual(["pairctl.notification", "pairctl.notification.lock"]);
      run("notify", "BACKUP");
      expect(read(NOTIFICATION)).toMatch(/^BACKUP \S+ \d+\n$/);
      expect(read("var/log/keepalived.log").match(/ \w+\n/g)).toHaveLength(3);
    });

    test("hands over where /run cannot be written, to the user's commands, too", () => {
      installUserCommands();
      rmSync(join(root, "run"), { recursive: true });
      expect(run("notify", "MASTER").status).toBe(0);
      expect(calls()).toEqual([RESTART_AGENT, "user MASTER detached"]);
      expect(read("var/log/keepalived.log")).toMatch(/ MASTER\n$/);
    });

    test.each(["1000", "998", "996"])("leaves it to an agent that was awake at %s of 1000 seconds", (beat) => {
      write("run/pairctl.heartbeat", `${beat}\n`);
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(calls()).not.toContain(RESTART_AGENT);
      expect(read(NOTIFICATION)).toMatch(/^MASTER /);
    });

    test.each(["995", "1001", "undefined", ...GARBAGE])(
      "does not trust a heartbeat of '%s' of 1000 seconds",
      (beat) => {
        write("run/pairctl.heartbeat", `${beat}\n`);
        expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
        expect(calls()).toContain(RESTART_AGENT);
        expect(read("var/log/keepalived.log")).toMatch(/ MASTER\n$/);
      },
    );

    test("without systemd it detaches: it returns at once, and a run goes on in a session of its own", async () => {
      fake("systemctl", "exit 1");
      fake(
        "pairctl",
        `until [ -e ${root}/go ]; do sleep 0.01; done; cut -d' ' -f6 /proc/$$/stat >${root}/session.new
         mv ${root}/session.new ${root}/session`,
      );
      // It waits for what only comes after notify has returned.
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "" });
      write("go", "");
      await vi.waitFor(() => expect(has("session")).toBe(true), { timeout: HANGS_MS });
      expect(calls()).toContain("pairctl reconcile");
      const own = readFileSync("/proc/self/stat", "utf8").split(" ")[5];
      expect(read("session").trim()).toMatch(/^\d+$/);
      expect(read("session").trim()).not.toBe(own);
    });

    test("waits five seconds at most for a systemd that does not answer, and then does without it", async () => {
      // The node's own program ends the call then; this one does not let it wait for that.
      fake("timeout", "exit 124");
      fake("pairctl");
      expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "" });
      await vi.waitFor(() => expect(calls()).toEqual([`timeout 5 ${RESTART_AGENT}`, "pairctl reconcile"]), {
        timeout: HANGS_MS,
      });
    });

    test("tells the user's commands each new state once, STOP too, and not that a weaker MASTER was heard", () => {
      installUserCommands();
      const states = ["BACKUP", "BACKUP", "MASTER", "MASTER_RX_LOWER_PRI", "FAULT", "FAULT", "STOP"];
      for (const state of states) run("notify", state);
      expect(toldToUser()).toEqual(["BACKUP", "MASTER", "FAULT", "STOP"].map((state) => `user ${state} detached`));
    });

    test("begins a new log after 1 MB, not before, and keeps the one before it", () => {
      write("var/log/keepalived.log", "x".repeat(1_000_000));
      run("notify", "MASTER");
      expect(has("var/log/keepalived.log.1")).toBe(false);
      write("var/log/keepalived.log", "x".repeat(1_030_000));
      run("notify", "FAULT");
      expect(read("var/log/keepalived.log.1").slice(1_030_000)).toMatch(/^\S+ FAULT\n$/);
      run("notify", "BACKUP");
      expect(read("var/log/keepalived.log")).toMatch(/^\S+ BACKUP\n$/);
    });
  });

  describe("preflight", () => {
    beforeEach(() => {
      fake("keepalived", 'echo "Keepalived v2.2.7 (01/16,2022)" >&2');
      fake("pairctl", "echo 0.1.0");
      fake(
        "ip",
        "printf '%s\\n' '1: lo    inet 127.0.0.1/8 scope host lo' '2: eth0    inet 10.0.1.11/24 scope global eth0'",
      );
    });

    test("lets keepalived start on a node that has everything, and says nothing", () => {
      expect(run("preflight")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(read(CONF)).toContain("interface eth0\n");
    });

    test("names the interface that has the node's address", () => {
      fake("ip", "echo '2: ens5    inet 10.0.1.11/24 scope global ens5'");
      expect(run("preflight").status).toBe(0);
      expect(read(CONF)).toContain("    interface ens5\n    track eth01\n");
    });

    test.each([
      ["no keepalived", "keepalived", "exit 127", "keepalived 1.2.8 or later must be installed, found: "],
      [
        "a keepalived without unicast",
        "keepalived",
        "echo 'Keepalived v1.2.7'",
        "keepalived 1.2.8 or later must be installed, found: 1.2.7",
      ],
      [
        "a pairctl without Node.js",
        "pairctl",
        "echo \"env: 'node': No such file or directory\" >&2; exit 127",
        "pairctl does not run, it needs Node.js 10.19 or later: env: 'node': No such file or directory",
      ],
      [
        "a pairctl that is cut off",
        "pairctl",
        "echo SyntaxError >&2; exit 1",
        "pairctl does not run, it needs Node.js 10.19 or later: SyntaxError",
      ],
      [
        "an address that is not there yet",
        "ip",
        "echo '2: eth0    inet 10.0.1.111/24 scope global eth0'",
        "no interface has 10.0.1.11 yet",
      ],
    ])("refuses %s, and says what to do", (_, program, body, reason) => {
      fake(program, body);
      expect(run("preflight")).toMatchObject({ status: 1, stdout: `${reason}\n` });
    });

    test.each([
      ["2.0.9", 1, "keepalived 2.0.10 or later must be installed, found: 2.0.9\n"],
      ["2.0.10", 0, ""],
      ["2.2.7", 0, ""],
    ])(
      "holds keepalived %s against the version that the configuration was written for",
      (installed, status, stdout) => {
        writeNodeConf("2.0.10");
        fake("keepalived", `echo "Keepalived v${installed} (01/16,2022)" >&2`);
        expect(run("preflight")).toMatchObject({ status, stdout, stderr: "" });
      },
    );

    test.each([
      ["is gone", () => rmSync(join(root, CHECK))],
      ["is not executable", () => chmodSync(join(root, CHECK), 0o644)],
    ])("refuses a health check whose script %s: keepalived would take it for one that succeeds", (_, spoil) => {
      spoil();
      expect(run("preflight")).toMatchObject({
        status: 1,
        stdout: `${join(root, CHECK)} is not there, or not executable\n`,
      });
    });

    test("refuses a keepalived.conf with another virtual address than the cloud's: its MASTER would serve nobody", () => {
      write(CONF, read(CONF).replace("10.0.1.100\n", "10.0.1.200\n"));
      expect(run("preflight")).toMatchObject({ status: 1, stdout: `${join(root, CONF)} lacks 10.0.1.100\n` });
    });

    test.each([
      ["a comment", "# 10.0.1.10"],
      ["a part of another one", "10.0.1.100"],
    ])("refuses a keepalived.conf in which a virtual address is only %s", (_, line) => {
      write("etc/pairctl/node.conf", read("etc/pairctl/node.conf").replace(/10\.0\.1\.100\b/, "10.0.1.10"));
      write(CONF, read(CONF).replace("10.0.1.100\n", `${line}\n`));
      expect(run("preflight")).toMatchObject({ status: 1, stdout: `${join(root, CONF)} lacks 10.0.1.10\n` });
    });

    test("refuses a keepalived.conf that is not the pair's, such as a distribution's or an empty one", () => {
      write(CONF, "");
      expect(run("preflight")).toMatchObject({ status: 1, stdout: expect.stringContaining("lacks 10.0.1.100") });
    });

    test("leaves a keepalived.conf alone that names no interface, which keepalived itself judges", () => {
      write(CONF, read(CONF).replace("    interface eth0\n", ""));
      const before = read(CONF);
      expect(run("preflight")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      expect(read(CONF)).toBe(before);
    });
  });

  describe("setup", () => {
    beforeEach(() => {
      for (const name of ["systemctl", "sleep", "sync", "keepalived", "node"]) fake(name);
      fake("pairctl", "echo ok all");
      write("usr/libexec/pairctl/preflight", `#!/bin/sh\necho preflight >>${root}/calls\n`);
      chmodSync(join(root, "usr/libexec/pairctl/preflight"), 0o755);
    });
    const STARTED = [
      "systemctl daemon-reload",
      "systemctl enable pairctl.service",
      "systemctl enable pairctl.timer",
      "systemctl enable keepalived.service",
      "systemctl restart pairctl.service",
      "systemctl restart pairctl.timer",
      "systemctl restart keepalived.service",
    ];
    const refusePreflight = (reason: string) =>
      write("usr/libexec/pairctl/preflight", `#!/bin/sh\necho "${reason}"\nexit 1\n`);

    test("sees what is there, lets keepalived start, enables and starts the units, and asks the doctor", () => {
      expect(run("setup")).toMatchObject({ status: 0, stderr: "" });
      expect(calls()).toEqual(["preflight", ...STARTED, "sleep 1", "pairctl doctor", "sync"]);
      expect([has(GATE), has(SET_UP)]).toEqual([true, true]);
      expect(read("dev/console")).toBe("keepalived pair: this node is set up\n");
    });

    test("gives keepalived time to settle", () => {
      fake("pairctl", `[ $(grep -c '^pairctl ' ${root}/calls) -ge 3 ]`);
      expect(run("setup").status).toBe(0);
      const waiting = ["sleep 1", "pairctl doctor", "sleep 2", "pairctl doctor", "sleep 4", "pairctl doctor"];
      expect(calls().slice(8)).toEqual([...waiting, "sync"]);
    });

    test("without Node.js it says so on the console, lets keepalived not start, and the next try finds it", () => {
      refusePreflight("Node.js is not installed");
      expect(run("setup").status).toBe(1);
      expect([has(GATE), has(SET_UP)]).toEqual([false, false]);
      expect(calls().filter((call) => call.startsWith("systemctl"))).toEqual([]);
      expect(read("dev/console")).toBe(
        "keepalived pair: this node is NOT set up, the setup goes on: Node.js is not installed\n",
      );
      write("usr/libexec/pairctl/preflight", "#!/bin/sh\n");
      expect(run("setup").status).toBe(0);
      expect([has(GATE), has(SET_UP)]).toEqual([true, true]);
    });

    test("tells the console once what is in the way, however often it tries", () => {
      refusePreflight("one");
      for (let attempt = 0; attempt < 3; attempt += 1) run("setup");
      refusePreflight("other");
      run("setup");
      expect(read("dev/console").match(/goes on: \w+/g)).toEqual(["goes on: one", "goes on: other"]);
    });

    test("where the doctor fails, keepalived goes on, and the next try only asks again: it starts nothing that was stopped", () => {
      fake("pairctl", "echo ok a; echo fail cloud and node must agree; exit 1");
      const { status, stdout } = run("setup");
      expect(status).toBe(1);
      expect(stdout).toMatch(/ok a\nfail cloud and node must agree\n/);
      expect(read("dev/console")).toMatch(/NOT set up, .*: fail cloud and node must agree\n$/);
      expect([has(GATE), has(SET_UP)]).toEqual([true, false]);
      writeFileSync(join(root, "calls"), "");
      fake("pairctl");
      expect(run("setup").status).toBe(0);
      expect(calls().filter((call) => call.startsWith("systemctl"))).toEqual([]);
      expect(has(SET_UP)).toBe(true);
    });

    test("a unit that cannot be enabled keeps keepalived from starting, and is named", () => {
      fake("systemctl", '[ "$2" != keepalived.service ] || { echo "keepalived.service is masked" >&2; exit 1; }');
      expect(run("setup").status).toBe(1);
      expect(calls()).toContain("systemctl enable pairctl.timer");
      expect(has(GATE)).toBe(false);
      expect(read("dev/console")).toContain("keepalived.service is masked");
    });

    test("installs what cloud-init could not get, after it has configured what a reboot left unpacked", () => {
      write("etc/pairctl/node.conf", 'PACKAGES="keepalived no-such-program"\n');
      fake("dpkg");
      fake("apt-get");
      expect(run("setup").status).toBe(0);
      const packages = calls().filter((call) => /^(dpkg|apt-get)/.test(call));
      expect(packages).toEqual([
        "dpkg --force-confold --configure -a",
        "apt-get update",
        "apt-get -y -o Dpkg::Options::=--force-confold install no-such-program",
      ]);
    });

    test("installs it by yum where there is no apt-get, as on TencentOS", () => {
      write("etc/pairctl/node.conf", 'PACKAGES="keepalived no-such-program"\n');
      fake("yum");
      mkdirSync(join(root, "tools"));
      for (const name of [shell, "cat", "grep", "mkdir", "touch"]) {
        const { stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
        symlinkSync(stdout.trim(), join(root, "tools", name));
      }
      const found = { ...process.env, PATH: join(root, "tools") };
      const setup = spawnSync(shell, [...flags, install("setup")], { encoding: "utf8", env: found, timeout: HANGS_MS });
      expect(setup).toMatchObject({ status: 0, stderr: "" });
      expect(calls().filter((call) => call.startsWith("yum"))).toEqual(["yum -y install no-such-program"]);
    });
  });

  describe("yield", () => {
    const uptime = (seconds: string) => write("proc/uptime", `${seconds} 1.00\n`);

    test.each<[string, string | undefined, string, number]>([
      ["never told", undefined, "100.00", 0],
      ["told for long enough", "103\n", "102.99", 1],
      ["told for a time that is over", "103\n", "103.00", 0],
      ["told to end", "0\n", "100.00", 0],
      ...GARBAGE.map((garbage): [string, string, string, number] => [`told '${garbage}'`, `${garbage}\n`, "9.00", 0]),
    ])("holds keepalived in FAULT only as long as the agent has said: it was %s", (_, until, up, status) => {
      uptime(up);
      if (until !== undefined) write("run/pairctl.yield", until);
      expect(run("yield")).toMatchObject({ status, stderr: "", stdout: "" });
    });
  });

  describe("watch", () => {
    const START = RESTART_AGENT;
    const RESTART = "systemctl restart --no-block keepalived.service";
    const RAW = "proc/net/raw";
    const LISTENING =
      " 112: 0B01000A:0070 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4711\n";
    const onInterface = (...addresses: string[]) =>
      fake("ip", addresses.map((address) => `echo '2: eth0    inet ${address}/32 scope global eth0'`).join("\n"));
    const holding = (...virtualAddresses: string[]) => onInterface("10.0.1.11", ...virtualAddresses);
    const version = (number: string) => fake("keepalived", `echo "Keepalived v${number} (x)" >&2`);
    const done = () => calls().filter((call) => !/^(ip|keepalived|systemctl -q) /.test(call));
    beforeEach(() => {
      fake("sleep");
      fake("systemctl", `[ "$1" != -q ] || [ -e ${root}/active ]`);
      write("active", "");
      write(RAW, LISTENING);
      version("2.2.7");
    });

    test("starts an agent that is not awake anew, and leaves alone a MASTER that has its addresses and a BACKUP that has none", () => {
      write(NOTIFICATION, "MASTER now 1\n");
      holding("10.0.1.100", "10.0.1.101");
      expect(run("watch")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      write(NOTIFICATION, "BACKUP now 1\n");
      holding();
      expect(run("watch")).toMatchObject({ status: 0, stdout: "" });
      expect(done()).toEqual([START, START]);
    });

    test.each([[[]], [["10.0.1.100"]]])(
      "restarts a keepalived that was MASTER and has lost an address to somebody's hand, which notifies: left is %s",
      (left) => {
        write(NOTIFICATION, "MASTER now 1\n");
        holding(...left);
        expect(run("watch")).toMatchObject({ status: 0, stdout: expect.stringContaining("it is restarted") });
        expect(done()).toEqual([START, "sleep 3", RESTART]);
      },
    );

    test("restarts a keepalived that does not listen for VRRP, since its interface was replaced", () => {
      write(NOTIFICATION, "BACKUP now 1\n");
      write(RAW, LISTENING.replace("0070", "0001"));
      holding();
      expect(run("watch")).toMatchObject({ status: 0, stdout: expect.stringContaining("it is restarted") });
      expect(done()).toEqual([START, "sleep 3", RESTART]);
    });

    describe("a keepalived that has notified FAULT,", () => {
      const afterFault = (until: string) => {
        install("yield", "usr/libexec/keepalived");
        holding();
        write(NOTIFICATION, "FAULT now 1\n");
        utimesSync(join(root, NOTIFICATION), 1000, 1000);
        write("run/pairctl.yield", until);
      };

      test("and nothing since a yield has ended, is restarted, which notifies: once", () => {
        afterFault("0\n");
        expect(run("watch").stdout).toBe("keepalived is not FAULT: it is restarted\n");
        expect(done()).toEqual([START, "sleep 3", RESTART]);
        // It is ill.
        write(NOTIFICATION, "FAULT now 2\n");
        expect(run("watch").stdout).toBe("");
      });

      test("is restarted once also where the clock was ahead when the yield ended", () => {
        afterFault("0\n");
        utimesSync(join(root, "run/pairctl.yield"), 9_000_000_000, 9_000_000_000);
        expect(run("watch").stdout).toBe("keepalived is not FAULT: it is restarted\n");
        write(NOTIFICATION, "FAULT now 2\n");
        expect(run("watch").stdout).toBe("");
      });

      test("and still yields, is left alone", () => {
        afterFault("1001\n");
        expect(run("watch").stdout).toBe("");
      });

      test("and notifies after a moment that the yield has ended, is left alone", () => {
        afterFault("0\n");
        fake("sleep", `echo "BACKUP now 2" >${root}/${NOTIFICATION}`);
        expect(run("watch").stdout).toBe("");
      });

      test("is left alone where it has never yielded", () => {
        afterFault("0\n");
        rmSync(join(root, "run/pairctl.yield"));
        expect(run("watch").stdout).toBe("");
      });
    });

    test("does not take what listens for the peer's adverts alone for a keepalived", () => {
      write(NOTIFICATION, "BACKUP now 1\n");
      write(RAW, LISTENING.replace("00000000:0000", "0C01000A:0000"));
      holding();
      expect(run("watch")).toMatchObject({ status: 0, stdout: expect.stringContaining("it is restarted") });
    });

    test.each([["MASTER", ["10.0.1.100", "10.0.1.101"]] as const, ["BACKUP", []] as const])(
      "restarts a %s that has lost the script of a health check, which it would take for one that succeeds",
      (state, addresses) => {
        write(NOTIFICATION, `${state} now 1\n`);
        holding(...addresses);
        rmSync(join(root, CHECK));
        expect(run("watch").stdout).toBe(`keepalived has lost ${join(root, CHECK)}: it is restarted\n`);
        expect(done()).toEqual([START, "sleep 3", RESTART]);
      },
    );

    test.each([["MASTER", ["10.0.1.100", "10.0.1.101"]] as const, ["BACKUP", []] as const])(
      "restarts a %s whose node has lost its own address: preflight does not let it start again before it is back",
      (state, virtualAddresses) => {
        write(NOTIFICATION, `${state} now 1\n`);
        onInterface("10.0.1.111", ...virtualAddresses);
        expect(run("watch").stdout).toBe("keepalived has lost 10.0.1.11: it is restarted\n");
        expect(done()).toEqual([START, "sleep 3", RESTART]);
      },
    );

    test("gives a keepalived that has just begun time to listen, and one in FAULT no restart", () => {
      write(NOTIFICATION, "BACKUP now 1\n");
      write(RAW, "");
      holding();
      fake("sleep", `echo '${LISTENING.trim()}' >${root}/${RAW}`);
      run("watch");
      write(NOTIFICATION, "FAULT now 1\n");
      write(RAW, "");
      run("watch");
      expect(done()).not.toContain(RESTART);
    });

    test("gives a keepalived that has just been promoted time to add its addresses", () => {
      write(NOTIFICATION, "MASTER now 1\n");
      holding();
      fake(
        "sleep",
        `printf '#!/bin/sh\\necho "2: eth0 inet 10.0.1.11/24 x"; echo "2: eth0 inet 10.0.1.100/32 x"; echo "2: eth0 inet 10.0.1.101/32 x"\\n' >${root}/bin/ip`,
      );
      run("watch");
      fake("sleep", `echo "BACKUP later 2" >${root}/${NOTIFICATION}`);
      holding();
      run("watch");
      expect(done()).not.toContain(RESTART);
    });

    test("takes a MASTER that hears a weaker one for a MASTER, whatever its version is", () => {
      version("1.3.5");
      write(NOTIFICATION, "MASTER_RX_LOWER_PRI now 1\n");
      holding("10.0.1.100", "10.0.1.101");
      expect(run("watch")).toMatchObject({ status: 0, stdout: "", stderr: "" });
      holding("10.0.1.100");
      expect(run("watch").stdout).toBe("keepalived is not MASTER_RX_LOWER_PRI: it is restarted\n");
    });

    test.each(["1.3.5", "2.0.10"])("restarts a keepalived %s that holds what a killed VRRP process left", (number) => {
      version(number);
      write(NOTIFICATION, "BACKUP now 1\n");
      holding("10.0.1.101");
      expect(run("watch").stdout).toContain("it is restarted");
      expect(done()).toEqual([START, "sleep 3", RESTART]);
    });

    test("leaves the address to a keepalived that cleans up itself, and to one that is about to notify MASTER", () => {
      write(NOTIFICATION, "BACKUP now 1\n");
      holding("10.0.1.100");
      for (const number of ["2.0.19", "2.2.7"]) {
        version(number);
        run("watch");
      }
      version("1.3.5");
      fake("sleep", `echo "MASTER later 2" >${root}/${NOTIFICATION}`);
      run("watch");
      expect(done()).not.toContain(RESTART);
    });

    test("leaves a keepalived to systemd that starts or stops it, also where it began to after the first look", () => {
      // It was stopped while the watch looked, and has not notified since: it does not listen yet.
      write(NOTIFICATION, "STOP now 1\n");
      write(RAW, "");
      holding();
      fake("sleep", `rm ${root}/active`);
      run("watch");
      expect(done()).toEqual([START, "sleep 3"]);
      run("watch");
      expect(done()).toEqual([START, "sleep 3", START]);
    });

    describe("where a restart does not help, as where keepalived has left the notify script out,", () => {
      const pauses = () =>
        calls()
          .filter((call) => call.startsWith("sleep "))
          .map((call) =>
            call
              .split(" ")
              .slice(1)
              .reduce((sum, seconds) => sum + Number(seconds), 0),
          );
      const runTimes = (times: number) => {
        for (let time = 0; time < times; time += 1) run("watch");
      };
      beforeEach(() => {
        write(NOTIFICATION, "MASTER now 1\n");
        holding();
      });

      test("each pause is 5 s longer than the one before, and no look takes a minute", () => {
        runTimes(13);
        expect(pauses()).toEqual([3, 8, 13, 18, 23, 28, 33, 38, 43, 48, 53, 53, 53]);
        expect(done().filter((call) => call === RESTART)).toHaveLength(13);
      });

      test.each([...GARBAGE, "infinity", "999999"])("what is no pause of ours, as '%s', ends no restart", (pause) => {
        write("run/pairctl.pauses", `${pause}\n`);
        // The real one refuses garbage, and would wait for hours where that is a number.
        fake("sleep", 'case $1 in *[!0-9]*|"") exit 1;; esac; [ $# -eq 1 ] && [ $1 -le 53 ]');
        run("watch");
        expect(done()).toContain(RESTART);
      });

      test("the pauses begin anew once keepalived was well", () => {
        runTimes(3);
        holding("10.0.1.100", "10.0.1.101");
        runTimes(2);
        holding();
        runTimes(2);
        expect(pauses()).toEqual([3, 8, 13, 3, 8]);
      });

      test("a keepalived that systemd starts or stops, or that changes its state, does not end them", () => {
        runTimes(2);
        rmSync(join(root, "active"));
        runTimes(1);
        write("active", "");
        fake("sleep", `echo "MASTER later 2" >${root}/${NOTIFICATION}`);
        runTimes(1);
        runTimes(1);
        expect(pauses()).toEqual([3, 8, 13, 13]);
      });
    });

    test.each(GARBAGE)("watches agent and keepalived also where the heartbeat says '%s'", (beat) => {
      write("run/pairctl.heartbeat", `${beat}\n`);
      write(NOTIFICATION, "MASTER now 1\n");
      holding();
      expect(run("watch").status).toBe(0);
      expect(done()).toEqual([START, "sleep 3", RESTART]);
    });

    test("does nothing to keepalived where it does not run, or has notified nothing", () => {
      // It has only just begun, and does not listen yet.
      write(RAW, "");
      holding();
      run("watch");
      write(NOTIFICATION, "");
      run("watch");
      write(NOTIFICATION, "MASTER now 1\n");
      rmSync(join(root, "active"));
      run("watch");
      expect(done()).toEqual([START, START, START]);
    });
  });

  test("release takes the virtual addresses off, on whatever interface, and no other", () => {
    const lines = ["eth0 10.0.1.11/24", "eth0 10.0.1.100/32", "ens5 10.0.1.101/24", "eth0 10.0.1.10/32"].map((each) => {
      const [name, address] = each.split(" ");
      return `2: ${name}    inet ${address} scope global ${name}`;
    });
    fake("ip", `[ "$1" != -o ] || printf '%s\\n' ${lines.map((line) => `'${line}'`).join(" ")}`);
    expect(run("release")).toMatchObject({ status: 0, stderr: "" });
    expect(calls().filter((call) => call.includes("delete"))).toEqual([
      "ip address delete 10.0.1.100/32 dev eth0",
      "ip address delete 10.0.1.101/24 dev ens5",
    ]);
  });
});
