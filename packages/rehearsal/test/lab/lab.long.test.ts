import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { synthesizeShipped } from "../stack/programs.ts";
import { inNamespaces, missingForNamespaces, moduleOf } from "../support/in-namespaces.ts";

const isMissing = missingForNamespaces("the lab", ["nft", "--version"], ["openssl", "version"]);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.skipIf(isMissing)(
  "a lab whose nodes cannot be installed leaves no process, and no cloud that listens",
  async () => {
    const script = `
    import { readdirSync, readFileSync } from "node:fs";
    import { Lab } from ${moduleOf("lab/lab.ts")};
    import { seededCloud } from ${moduleOf("lab/seed.ts")};
    import { readStack } from ${moduleOf("stack/stack.ts")};
    import { Timeline } from ${moduleOf("report/timeline.ts")};
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
    const { stdout, stderr } = await inNamespaces(script);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      failure: expect.stringContaining("mount -t overlay"),
      answers: false,
      others: [],
    });
  },
);
