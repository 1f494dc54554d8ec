import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { synthesizeShipped } from "../stack/programs.ts";

const module = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${path}`, import.meta.url)));
const PATH = `${process.env["PATH"]}:/usr/sbin:/sbin`;

// As the fabric's test does: what this machine lacks is said.
const missing = [
  ["unshare", "--user", "--map-root-user", "--net", "true"],
  ["nft", "--version"],
  ["ip", "-V"],
]
  .concat([["openssl", "version"]])
  .filter(([command = "", ...args]) => spawnSync(command, args, { env: { PATH } }).status !== 0);
if (missing.length > 0)
  console.log(`not run: '${missing.map((each) => each.join(" ")).join("', '")}' does not work: the lab`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.skipIf(missing.length > 0)(
  "a lab whose nodes cannot be installed leaves no process, and no cloud that listens",
  () => {
    const script = `
    import { readdirSync, readFileSync } from "node:fs";
    import { Lab } from ${module("lab/lab.ts")};
    import { seededCloud } from ${module("lab/seed.ts")};
    import { readStack } from ${module("stack/stack.ts")};
    import { Timeline } from ${module("report/timeline.ts")};
    const stack = readStack(${JSON.stringify({ path: synthesizeShipped(folder, "havip") })});
    const others = () => readdirSync("/proc")
      .filter((name) => /^\\d+$/.test(name) && Number(name) !== process.pid)
      .map((pid) => readFileSync("/proc/" + pid + "/cmdline", "utf8").replaceAll("\\0", " "))
      .filter((command) => /prober|monitor|tcpdump/.test(command));
    let started;
    const failure = await Lab.start({
      stack,
      openCloud: async (options) => (started = await seededCloud(stack, options)),
      rootFilesystem: "/nowhere",
      packages: null,
      folder: "/run/lab",
      cgroups: [],
      timeline: new Timeline(),
      taskMs: 200,
      arpDelayMs: 20,
      assumptions: {},
    }).then(() => "it started", (error) => error.message);
    // What was told to end takes a moment.
    for (let look = 0; look < 50 && others().length > 0; look += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    const answers = await fetch(started.cloud.apiUrls[0]).then(() => true, () => false);
    console.log(JSON.stringify({ failure, answers, others: others() }));
    process.exit(0);`;
    const node = [process.execPath, "--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script];
    const mounted = ["sh", "-c", 'mount -t tmpfs none /run && mkdir /run/netns && exec "$@"', "sh", ...node];
    const namespaces = ["--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"];
    const { stdout, stderr } = spawnSync("unshare", [...namespaces, "--mount-proc", ...mounted], {
      encoding: "utf8",
      env: { ...process.env, PATH },
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      failure: expect.stringContaining("mount -t overlay"),
      answers: false,
      others: [],
    });
  },
);
