import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalCloud } from "local-cloud";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deployedStack } from "../../src/deploy/deployed.ts";
import { seededCloud } from "../../src/lab/seed.ts";
import { shippedStack } from "../stack/programs.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearsal-deploy-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the stack as it is in the cloud", () => {
  test("has the ids of the cloud", async () => {
    const synthesized = shippedStack(folder, "secondary-private-ip");
    const { cloud } = await seededCloud(synthesized, {});
    await using _ = cloud;
    const deployed = deployedStack(synthesized, cloud);
    expect(deployed.nodes.map(({ instanceId }) => instanceId)).toEqual([...cloud.state.instances.keys()]);
    expect(deployed.eip).toMatchObject({ bound: true });
    expect(cloud.holderOf(deployed.vip)?.networkInterfaceId).toBe(deployed.parkingEni?.networkInterfaceId);
  });

  test("is refused where the cloud lacks a part of it", async () => {
    const synthesized = shippedStack(folder, "havip");
    await using cloud = await LocalCloud.start({ region: synthesized.region });
    expect(() => deployedStack(synthesized, cloud)).toThrow(/the deploy must have made one web-pair-primary, found 0/);
  });
});
