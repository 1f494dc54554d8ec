import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { NODE_PATHS, SETUP_PATHS } from "../../constructs/contract";
import { configOf, synthPair } from "../helpers/pair";

const files = configOf(synthPair({ notifyCommands: ['echo "told $1"'] }), "Primary").files;
const scripts = Object.entries(files).filter(([path]) => path !== NODE_PATHS.command && path !== NODE_PATHS.settings);

test("every path of ours that a script or unit names is written by the user data, or is one of the contract's", () => {
  const known = [...Object.values(NODE_PATHS), ...Object.values(SETUP_PATHS), ...Object.keys(files)];
  const named = scripts.flatMap(([, { content }]) =>
    [...content.matchAll(/\/[\w./-]*(?:pairctl|pairctl|keepalived\/)[\w./-]*/g)].map(([path]) => path),
  );
  expect(named.length).toBeGreaterThan(10);
  const unknown = named.filter((path) => !known.includes(path) && !path.startsWith(NODE_PATHS.statePrefix));
  expect(unknown).toEqual([]);
});

test("what keepalived or a unit runs is written, and executable", () => {
  const called = scripts.flatMap(([, { content }]) => [
    ...content.matchAll(/^(?:Exec\w+=-?|\s+notify_\w+ "|\s+script ")(\/usr\/[\w./-]+)/gm),
  ]);
  const paths = [...new Set(called.map(([, path]) => path as string))].sort();
  expect(paths).toEqual(
    [
      NODE_PATHS.notify,
      NODE_PATHS.command,
      ...["preflight", "release", "setup", "watch"].map((name) => `/usr/libexec/pairctl/${name}`),
    ].sort(),
  );
  for (const path of paths) expect(files[path]?.permissions).toBe("0755");
});

const systemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
if (!systemd) console.log("not run: systemd's own look at the units, since there is no systemd-analyze");

test.skipIf(!systemd)("systemd finds nothing wrong with the units and the drop-ins", () => {
  const folder = mkdtempSync(join(tmpdir(), "units-"));
  try {
    // The scripts are not here, and their paths are checked above.
    const here = (text: string) => text.replace(/=-?\/usr\/(libexec|sbin)\/\S+/g, "=/bin/true");
    const dropIn = files[SETUP_PATHS.keepalivedDropIn]?.content ?? "";
    const units: Record<string, string> = {
      "pair-keepalived.service": `[Service]\nExecStart=/bin/true\n${dropIn}`,
      "pair-target.target": files[SETUP_PATHS.multiUserDropIn]?.content ?? "",
    };
    for (const path of [
      SETUP_PATHS.setupService,
      SETUP_PATHS.watchService,
      SETUP_PATHS.pairctlService,
      SETUP_PATHS.pairctlTimer,
    ])
      units[path.split("/").at(-1) as string] = files[path]?.content ?? "";
    for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), here(text));
    const names = Object.keys(units).map((name) => join(folder, name));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...names], {
      encoding: "utf8",
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
    });
    const ours = stderr.split("\n").filter((line) => /pairctl|pair-/.test(line));
    expect({ status, ours }).toEqual({ status: 0, ours: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("the script with the user's notify commands", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "notify-user-"));
    writeFileSync(
      join(folder, "notify_user"),
      `${files[NODE_PATHS.notifyUser]?.content}`.replace('told $1"', `told $1 $#" >>${folder}/out`),
    );
    chmodSync(join(folder, "notify_user"), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const run = (systemdRun: string, ...args: string[]) => {
    writeFileSync(join(folder, "systemd-run"), `#!/bin/sh\n${systemdRun}\n`);
    chmodSync(join(folder, "systemd-run"), 0o755);
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
    return spawnSync(join(folder, "notify_user"), args, { encoding: "utf8", env });
  };

  test("runs them with the new state as their first word", () => {
    expect(run("exit 1", "MASTER").status).toBe(0);
    expect(readFileSync(join(folder, "out"), "utf8")).toBe("told MASTER 1\n");
  });

  test("called by notify, it runs itself in a unit of its own, which outlives keepalived", () => {
    expect(run(`echo "$@" >${folder}/unit`, "STOP", "detached").status).toBe(0);
    expect(readFileSync(join(folder, "unit"), "utf8")).toBe(`--quiet ${folder}/notify_user STOP\n`);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("without systemd it runs them in a session of their own", async () => {
    run("exit 1", "STOP", "detached");
    await vi.waitFor(() => expect(readFileSync(join(folder, "out"), "utf8")).toBe("told STOP 1\n"), {
      timeout: 60_000,
    });
  });
});
