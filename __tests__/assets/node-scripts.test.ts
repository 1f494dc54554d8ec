import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "node-scripts-"));
  for (const folder of ["bin", "run", "dev", "var/log", "etc/keepalived", "etc/systemd/system/keepalived.service.d"])
    mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (path: string) => readFileSync(join(root, path), "utf8");
const calls = () => (existsSync(join(root, "calls")) ? read("calls").trim().split("\n") : []);

/** A program that notes that it was called, and does something. */
function fake(name: string, body = ""): void {
  const path = join(root, "bin", name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>${root}/calls\n${body}\n`);
  chmodSync(path, 0o755);
}

/** Runs a script of the nodes on a node of its own: the same text, with every path in a folder. */
function run(name: string, ...args: string[]) {
  const text = readFileSync(join(__dirname, "..", "..", "assets", name), "utf8")
    .replace(/(?<=[\s"'>])\/(?=(run|dev|var|etc)\b)/g, `${root}/`)
    .replace(/^PATH=.*$/m, `PATH=${root}/bin:$PATH`);
  const script = join(root, name);
  writeFileSync(script, text);
  const env = { ...process.env, PATH: `${root}/bin:${process.env["PATH"]}` };
  return spawnSync("sh", [script, ...args], { encoding: "utf8", env, timeout: 20_000 });
}

const isLinux = process.platform === "linux";
if (!isLinux) console.log("not run: the nodes' scripts need Linux");

describe.skipIf(!isLinux)("notify", () => {
  test("writes the wish down, and hands over to the unit", () => {
    fake("systemctl");
    expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(calls()).toEqual(["systemctl restart --no-block migration-hook.service"]);
    const [, time] = /^MASTER (\d{4}-\d\d-\d\dT\S+)\n$/.exec(read("run/migration-hook.wish")) ?? [];
    expect(Date.parse(time?.replace(/,\d+/, "") ?? "")).toBeGreaterThan(Date.now() - 60_000);
    expect(read("var/log/keepalived.log")).toBe(`${time} MASTER\n`);
  });

  test("each notification is a wish of its own, and the latest stands", () => {
    fake("systemctl");
    run("notify", "MASTER");
    const first = read("run/migration-hook.wish");
    run("notify", "BACKUP");
    run("notify", "MASTER");
    expect(read("run/migration-hook.wish")).toMatch(/^MASTER /);
    expect(read("run/migration-hook.wish")).not.toBe(first);
    expect(read("var/log/keepalived.log").match(/ \w+\n/g)).toEqual([" MASTER\n", " BACKUP\n", " MASTER\n"]);
  });

  test("without systemd it detaches: it returns at once, and the run goes on in a session of its own, under the lock", async () => {
    fake("systemctl", "exit 1");
    fake(
      "pairctl",
      `sleep 0.5; cut -d' ' -f6 /proc/$$/stat >${root}/session; flock -n ${root}/run/migration-hook.lock true || echo locked >>${root}/calls`,
    );
    const started = performance.now();
    expect(run("notify", "MASTER")).toMatchObject({ status: 0, stdout: "" });
    expect(performance.now() - started).toBeLessThan(450);
    await vi.waitFor(
      () => expect(calls()).toEqual([expect.stringMatching(/^systemctl/), "pairctl reconcile", "locked"]),
      {
        timeout: 5000,
      },
    );
    const own = readFileSync("/proc/self/stat", "utf8").split(" ")[5];
    expect(read("session").trim()).toMatch(/^\d+$/);
    expect(read("session").trim()).not.toBe(own);
  });

  test("begins a new log after 1 MB, and keeps the one before it", () => {
    fake("systemctl");
    writeFileSync(join(root, "var/log/keepalived.log"), "x".repeat(1_030_000));
    run("notify", "FAULT");
    expect(read("var/log/keepalived.log.1").slice(1_030_000)).toMatch(/^\S+ FAULT\n$/);
    run("notify", "BACKUP");
    expect(read("var/log/keepalived.log")).toMatch(/^\S+ BACKUP\n$/);
  });
});

describe.skipIf(!isLinux)("boot", () => {
  const CONF = "etc/keepalived/keepalived.conf";
  const DROP_IN = "etc/systemd/system/keepalived.service.d/migration-hook.conf";
  beforeEach(() => {
    writeFileSync(join(root, CONF), "interface eth0\ntrack eth01\n");
    writeFileSync(join(root, DROP_IN), "ExecStopPost=ip address delete 10.0.1.100/32 dev eth0\n");
    fake("ip", 'echo "10.0.1.12 dev ens5 src 10.0.1.11 uid 0 \\    cache"');
    fake("systemctl");
    fake("sleep");
  });
  const STARTED = [
    "ip -o route get 10.0.1.12",
    "systemctl daemon-reload",
    "systemctl enable migration-hook.timer keepalived",
    "systemctl restart migration-hook.timer keepalived",
  ];

  test("names the interface that leads to the peer, starts keepalived and the timer, and asks the doctor", () => {
    fake("pairctl", "echo ok all");
    expect(run("boot", "10.0.1.12")).toMatchObject({ status: 0, stdout: "ok all\n" });
    expect(read(CONF)).toBe("interface ens5\ntrack eth01\n");
    expect(read(DROP_IN)).toMatch(/ dev ens5\n$/);
    expect(calls()).toEqual([...STARTED, "sleep 1", "pairctl doctor"]);
  });

  test("gives keepalived time to settle", () => {
    fake("pairctl", `[ $(grep -c pairctl ${root}/calls) -ge 3 ]`);
    expect(run("boot", "10.0.1.12").status).toBe(0);
    expect(calls().slice(4)).toEqual([
      "sleep 1",
      "pairctl doctor",
      "sleep 2",
      "pairctl doctor",
      "sleep 4",
      "pairctl doctor",
    ]);
  });

  test("fails loudly, on the console too, where the node cannot take over, and lets keepalived run", () => {
    fake("pairctl", "echo fail cloud and node must agree; exit 1");
    const { status, stdout } = run("boot", "10.0.1.12");
    expect(status).toBe(1);
    expect(stdout).toMatch(/fail cloud and node must agree\nboot FAILED\n$/);
    expect(read("dev/console")).toBe("boot FAILED\n");
    expect(calls()).not.toContain("pairctl drain");
  });

  test("stops a keepalived that is older than 1.2.8", () => {
    fake("pairctl", '[ $1 = drain ] || echo "fail keepalived must be 1.2.8 or later: v1.2.7"; [ $1 = drain ]');
    const { status, stdout } = run("boot", "10.0.1.12");
    expect(status).toBe(1);
    expect(stdout).toMatch(/v1\.2\.7\nboot FAILED\n$/);
    expect(calls().at(-1)).toBe("pairctl drain");
  });
});
