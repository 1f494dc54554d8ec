import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { nodeHost } from "../../src/node/real-host.ts";

const host = nodeHost();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("writes a file for root only unless told otherwise, and reads it back", () => {
  const path = join(folder, "credentials");
  expect(host.readFile(path)).toBeUndefined();
  host.writeFile(path, "one");
  host.writeFile(path, "two");
  expect(host.readFile(path)).toBe("two");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  host.writeFile(path, "three", 0o644);
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test.each([0o077, 0o000])("gives a file the mode that it is to have where the caller's umask is %o", (umask) => {
  const path = join(folder, "metrics.prom");
  const before = process.umask(umask);
  try {
    host.writeFile(path, "one", 0o644);
  } finally {
    process.umask(before);
  }
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test("says why a file cannot be written, and leaves the old one as it was", () => {
  const path = join(folder, "file");
  host.writeFile(path, "one");
  expect(() => host.writeFile(join(path, "below"), "two")).toThrow(/ENOTDIR/);
  expect(host.readFile(path)).toBe("one");
});

test("has a clock that goes on evenly, whatever the time of day does", async () => {
  vi.spyOn(Date, "now").mockReturnValue(0);
  // Another clock is read around it: what lies between two of its times is known at least, and at most.
  const atMost = performance.now();
  const before = host.clock();
  const atLeast = performance.now();
  await host.sleep(30);
  const least = performance.now() - atLeast;
  const between = host.clock() - before;
  expect(between).toBeGreaterThanOrEqual(least - 1);
  expect(between).toBeLessThanOrEqual(performance.now() - atMost + 1);
  expect(least).toBeGreaterThanOrEqual(29);
  vi.restoreAllMocks();
});

test("knows the node's addresses", () => {
  expect(host.hasAddress("127.0.0.1")).toBe(true);
  for (const part of ["127.0.0", "27.0.0.1"]) expect(host.hasAddress(part)).toBe(false);
});

test("sees a process by its name, until it is gone, and not while it is stopped", async () => {
  const program = join(folder, "keepalived-x");
  copyFileSync("/bin/sleep", program);
  chmodSync(program, 0o755);
  const child = spawn(program, ["60"]);
  await once(child, "spawn");
  await vi.waitFor(() => expect(host.isRunning("keepalived-x")).toBe(true), { timeout: 60_000 });
  // A frozen one keeps the VIP, and must not pass for a MASTER: it would fight for the address with the one that serves.
  child.kill("SIGSTOP");
  await vi.waitFor(() => expect(host.isRunning("keepalived-x")).toBe(false), { timeout: 60_000 });
  child.kill("SIGCONT");
  await vi.waitFor(() => expect(host.isRunning("keepalived-x")).toBe(true), { timeout: 60_000 });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(host.isRunning("keepalived-x")).toBe(false);
});

test("sees the process that was started in the place of one that is gone", async () => {
  const program = join(folder, "keepalived-y");
  copyFileSync("/bin/sleep", program);
  for (let start = 0; start < 2; start += 1) {
    const child = spawn(program, ["60"]);
    try {
      await vi.waitFor(() => expect(host.isRunning("keepalived-y")).toBe(true), { timeout: 60_000 });
    } finally {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    expect(host.isRunning("keepalived-y")).toBe(false);
  }
});

test("takes a process that has ended for gone also where nobody has asked how it ended", async () => {
  const program = join(folder, "keepalived-z");
  copyFileSync("/bin/sleep", program);
  // What the shell becomes does not know of its child, which stays a zombie.
  const parent = spawn("sh", ["-c", '"$0" 60 & echo $!; exec sleep 60', program]);
  const [pid] = (await once(parent.stdout, "data")) as [Buffer];
  try {
    await vi.waitFor(() => expect(host.isRunning("keepalived-z")).toBe(true), { timeout: 60_000 });
    process.kill(Number(pid), "SIGKILL");
    await vi.waitFor(() => expect(host.isRunning("keepalived-z")).toBe(false), { timeout: 60_000 });
    expect(host.readFile(`/proc/${Number(pid)}/stat`)).toMatch(/ \(keepalived-z\) Z /);
  } finally {
    process.kill(Number(pid), "SIGKILL");
    parent.kill("SIGKILL");
    await once(parent, "exit");
  }
});

test("lets the shell run a command, and hears what it says on both outputs", () => {
  expect(host.shell("echo one; echo two >&2; exit 3")).toMatchObject({ status: 3, stdout: "one\ntwo\n" });
});

test("adds to a file that only root can read", () => {
  const path = join(folder, "log");
  host.appendFile(path, "one\n");
  host.appendFile(path, "two\n");
  expect(host.readFile(path)).toBe("one\ntwo\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("writes all of a file or nothing: a disk that is full leaves the old one whole", () => {
  const path = join(folder, "file");
  host.writeFile(path, "one");
  // Whatever is written to this device meets a full disk.
  symlinkSync("/dev/full", `${path}.new`);
  expect(() => host.writeFile(path, "two")).toThrow(/ENOSPC/);
  expect(host.readFile(path)).toBe("one");
});

test("says why a log cannot be added to", () => {
  symlinkSync("/dev/full", join(folder, "log"));
  expect(() => host.appendFile(join(folder, "log"), "one\n")).toThrow(/ENOSPC/);
  expect(() => host.appendFile(join(folder, "absent", "log"), "one\n")).toThrow(/ENOENT/);
});

test("takes a folder for no file", () => {
  mkdirSync(join(folder, "file"));
  expect(host.readFile(join(folder, "file"))).toBeUndefined();
  expect(() => host.writeFile(join(folder, "file"), "one")).toThrow(/EISDIR|ENOTEMPTY/);
});

test("begins a new log beyond four megabytes, and keeps the one before it", () => {
  const path = join(folder, "log");
  const megabytes = `${"a".repeat(3_999_999)}\n`;
  host.appendFile(path, megabytes);
  expect(host.readFile(path)).toBe(megabytes);
  host.appendFile(path, "b\n");
  expect(host.readFile(path)).toBeUndefined();
  expect(host.readFile(`${path}.1`)).toBe(`${megabytes}b\n`);
  host.appendFile(path, "c\n");
  expect(host.readFile(path)).toBe("c\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  host.appendFile(path, megabytes);
  expect(host.readFile(`${path}.1`)).toBe(`c\n${megabytes}`);
});

describe("a watched file", () => {
  test("tells of each new version of it, by rename or in place, and of no other file", async () => {
    let changes = 0;
    const path = join(folder, "notification");
    host.watchFile(path, () => (changes += 1));
    host.writeFile(join(folder, "another"), "1");
    host.writeFile(path, "MASTER");
    await vi.waitFor(() => expect(changes).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = changes;
    host.writeFile(join(folder, "another"), "2");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(changes).toBe(before);
    appendFileSync(path, " in place");
    await vi.waitFor(() => expect(changes).toBeGreaterThan(before));
  });

  test("whose folder is not there is none, and no error", () => {
    expect(() => host.watchFile(join(folder, "no/such/file"), () => undefined)).not.toThrow();
  });
});
