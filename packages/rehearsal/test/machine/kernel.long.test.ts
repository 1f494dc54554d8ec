import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { kernelRefusal } from "../../src/machine/kernel.ts";

const isRoot = process.getuid?.() === 0;
const canIsolate = isRoot && spawnSync("unshare", ["--mount", "--net", "--pid", "--fork", "true"]).status === 0;
if (!canIsolate) console.log("not run: what the rehearsal tries of the kernel takes root, and namespaces");

const mounts = () => readFileSync("/proc/self/mountinfo", "utf8");
const links = () => readFileSync("/proc/net/dev", "utf8").match(/^ *\S+:/gm);
const onPath = (command: string) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

describe.runIf(canIsolate)("what the rehearsal takes of the kernel", () => {
  test("works here, and trying it leaves nothing behind", () => {
    const before = { mounts: mounts(), links: links() };
    expect(kernelRefusal(onPath)).toBeUndefined();
    expect({ mounts: mounts(), links: links() }).toEqual(before);
  });

  test("is said to be no namespaces where the capability for them is dropped, as in a container", () => {
    const kernel = new URL("../../src/machine/kernel.ts", import.meta.url).href;
    const script = `import(${JSON.stringify(kernel)}).then((m) => console.log(m.kernelRefusal(() => true)))`;
    const drop = ["--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"];
    const command = [process.execPath, "--import", import.meta.resolve("tsx"), "--eval", script];
    const { stdout } = spawnSync("setpriv", [...drop, ...command], { encoding: "utf8" });
    expect(stdout).toMatch(
      /^no namespaces can be made here \(unshare: .*not permitted\); a container must be a privileged one\n$/,
    );
  });

  test.each(["kill -INT $$", "exit 130"])("is not refused where a Ctrl-C has ended what tries it: %s", (end) => {
    const folder = mkdtempSync(join(tmpdir(), "kernel-test-"));
    writeFileSync(join(folder, "unshare"), `#!/bin/sh\n${end}\n`, { mode: 0o755 });
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    try {
      expect(kernelRefusal(onPath)).toBeUndefined();
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });

  test("is not tried where the command for it is still to be installed", () => {
    expect(kernelRefusal(() => false)).toBeUndefined();
  });
});
