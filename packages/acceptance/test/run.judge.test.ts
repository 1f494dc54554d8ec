import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerEnvironment } from "deployment";
import { LocalCloud } from "local-cloud";
import { expect, test } from "vitest";
import { providerAvailable } from "../../deployment/test/provider.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: the acceptance, interrupted");

const CLI = join(import.meta.dirname, "../src/cli.ts");

/** Runs the command against a cloud whose nodes never boot, and sends it a SIGINT so long after a line of its own. */
async function interrupted(cloud: LocalCloud, folder: string, after: RegExp, ms: number) {
  const own = ["--region", cloud.region, "--mechanism", "havip", "--folder", folder, "--yes"];
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), CLI, ...own], {
    env: { ...process.env, ...providerEnvironment(cloud, "", process.env), TF_CLI_ARGS_init: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let isDue = false;
  const hear = (text: Buffer) => {
    said += String(text);
    if (isDue || !after.test(said)) return;
    isDue = true;
    setTimeout(() => child.kill("SIGINT"), ms);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const status = await new Promise((resolve) => child.once("close", resolve));
  return { status, said };
}

test.skipIf(!available).each([
  ["in the middle of the deploy", /Deploying/, 6_000],
  ["while it waits for the nodes", /Waiting for the nodes/, 1_000],
])(
  "interrupted %s, it destroys what it has made, and asks the cloud whether something is left",
  { timeout: 600_000 },
  async (_when, after, ms) => {
    await using cloud = await LocalCloud.start({ region: "ap-singapore", log: () => undefined });
    const folder = mkdtempSync(join(tmpdir(), "acceptance-run-"));
    try {
      const { status, said } = await interrupted(cloud, folder, after, ms);
      expect({ status, said }).toMatchObject({ status: 130, said: expect.stringContaining("Nothing is left") });
      const { vpcs, instances, roles, policies, addresses, haVips, securityGroups } = cloud.state;
      for (const kind of [vpcs, instances, roles, policies, addresses, haVips]) expect([...kind.keys()]).toEqual([]);
      expect([...securityGroups.values()].map(({ name }) => name).filter((name) => /acceptance/.test(name))).toEqual(
        [],
      );
      const report = readdirSync(folder).find((name) => /^report-.*\.json$/.test(name)) ?? "";
      expect(existsSync(join(folder, report.replace(".json", ".md")))).toBe(true);
      expect(JSON.parse(readFileSync(join(folder, report), "utf8"))).toMatchObject({
        failure: "it was interrupted",
        isRehearsal: true,
        left: [],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
