import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseDocument } from "yaml";
import type { Mechanism } from "pairctl/contract";
import { type Deployment, openDeployment } from "../src/index.ts";
import { instanceNamed, takeOver, VIP } from "./fail-over.ts";
import { providerAvailable } from "../src/index.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: apply, re-plan, change, failover and destroy");

const pairYaml = new URL("../../../pair.yaml", import.meta.url);

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "deployment-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Each time another local cloud, which goes on from where the last one was saved. */
async function deployed<T>(
  mechanism: Mechanism,
  settings: Record<string, unknown>,
  use: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const document = parseDocument(readFileSync(pairYaml, "utf8"));
  for (const [key, value] of Object.entries(settings)) document.set(key, value);
  const settingsFile = join(folder, "pair.yaml");
  writeFileSync(settingsFile, document.toString());
  await using deployment = await openDeployment({ settingsFile, mechanism, folder: join(folder, "state") });
  const result = await use(deployment);
  await deployment.save();
  return result;
}

const plain = (said: string) => stripVTControlCharacters(said);

for (const mechanism of ["havip", "secondary-private-ip"] as const) {
  test.runIf(available)(
    `deploys, changes nothing, changes, fails over, changes nothing and destroys with ${mechanism}`,
    { timeout: 900_000 },
    async () => {
      await deployed(mechanism, {}, async ({ cloud, cdktf }) => {
        expect(plain(await cdktf("deploy"))).toMatch(
          /Apply complete! Resources: [1-9]\d* added, 0 changed, 0 destroyed/,
        );
        const [eip] = cloud.state.addresses.values();
        expect(eip).toMatchObject({ bandwidthMbps: 10, binding: { kind: mechanism === "havip" ? "haVip" : "eni" } });
        expect(plain(await cdktf("diff"))).toContain("No changes.");
      });

      const changed = { eip: { bandwidthMbps: 20 }, tags: { "managed-by": "someone else", stage: "test" } };
      await deployed(mechanism, changed, async ({ cloud, cdktf }) => {
        expect(plain(await cdktf("deploy"))).toMatch(/Resources: 0 added, \d+ changed, 0 destroyed/);
        expect([...cloud.state.addresses.values()]).toMatchObject([{ bandwidthMbps: 20 }]);
        expect(cloud.state.tags.get(`cvm:instance/${instanceNamed(cloud, "primary").instanceId}`)).toEqual(
          changed.tags,
        );

        await takeOver(cloud, mechanism, "primary");
        await takeOver(cloud, mechanism, "secondary");
        expect(plain(await cdktf("diff"))).toContain("No changes.");
      });

      await deployed(mechanism, changed, async ({ cloud, cdktf }) => {
        expect(plain(await cdktf("deploy"))).toContain("Resources: 0 added, 0 changed, 0 destroyed");
        expect(cloud.holderOf(VIP)?.instanceId).toBe(instanceNamed(cloud, "secondary").instanceId);

        expect(plain(await cdktf("destroy"))).toContain("Destroy complete!");
        const { tasks: _, ...resources } = { ...cloud.state };
        for (const [name, map] of Object.entries(resources)) expect([...map], name).toEqual([]);
      });
    },
  );
}
