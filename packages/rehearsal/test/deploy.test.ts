import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parseChanges } from "../src/deploy.ts";
import { deployedStack } from "../src/deployed.ts";
import { PrerequisitesError } from "../src/prerequisites.ts";
import { Provider } from "../src/provider.ts";
import { seededCloud } from "../src/seed.ts";
import { readStack } from "../src/stack.ts";
import { synthesize } from "../src/synth.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-deploy-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

describe("the last words of Terraform", () => {
  test.each([
    ["web-pair  Apply complete! Resources: 15 added, 1 changed, 0 destroyed.", [15, 1, 0]],
    ["\u001b[32mDestroy complete! Resources: 13 destroyed.\u001b[0m", [0, 0, 13]],
  ])("are read from %j", (output, [added, changed, destroyed]) => {
    expect(parseChanges(output)).toEqual({ added, changed, destroyed });
  });

  test("are missed where it does not say them", () => {
    expect(() => parseChanges("No.")).toThrow(/did not say what it has done:\nNo\./);
  });
});

describe("the stack as it is in the cloud", () => {
  test("has the ids of the cloud", async () => {
    const synthesized = readStack(synthesize("pair.yaml", "secondary-private-ip", folder));
    const { cloud } = await seededCloud(synthesized, {});
    await using _ = cloud;
    const deployed = deployedStack(synthesized, cloud);
    expect(deployed.nodes.map(({ instanceId }) => instanceId)).toEqual([...cloud.state.instances.keys()]);
    expect(deployed.eip).toMatchObject({ bound: true });
    expect(cloud.holderOf(deployed.vip)?.networkInterfaceId).toBe(deployed.parkingEni?.networkInterfaceId);
  });

  test("is refused where the cloud lacks a part of it", async () => {
    const synthesized = readStack(synthesize("pair.yaml", "havip", folder));
    await using cloud = await LocalCloud.start({ region: synthesized.region });
    expect(() => deployedStack(synthesized, cloud)).toThrow(/the deploy must have made one web-pair-primary, found 0/);
  });
});

describe("a provider", () => {
  const leftovers = () =>
    readdirSync(tmpdir())
      .filter((name) => name.startsWith("rehearsal-provider-"))
      .sort();

  test("refuses to be fetched without Terraform, says where it is, and leaves nothing behind", async () => {
    const before = leftovers();
    const file = join(folder, "cdk.tf.json");
    writeFileSync(file, "{}");
    // The sweeper needs a shell and what it calls.
    for (const tool of ["sh", "cat", "rm", "seq", "sleep"])
      symlinkSync(execFileSync("which", [tool], { encoding: "utf8" }).trim(), join(folder, tool));
    vi.stubEnv("PATH", folder);
    const fetching = Provider.fetch(file);
    await expect(fetching).rejects.toThrow(PrerequisitesError);
    await expect(fetching).rejects.toThrow(/needs Terraform on the PATH: https:/);
    expect(leftovers()).toEqual(before);
  });
});
