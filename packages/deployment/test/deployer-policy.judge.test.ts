import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { camOperation } from "local-cloud";
import { deployerPolicy } from "../../../constructs/deployer/deployer-policy.ts";
import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "../../../constructs/deployer/provider-actions.ts";
import { providerAvailable } from "../src/index.ts";
import { RunningPair } from "./running-pair.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: what the provider calls, beside the deployer's policy");

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "policy-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the table has for creating, reading and deleting that a deploy and a destroy of the shipped stack do not come to. */
const NOT_SEEN: Readonly<Record<string, string>> = {
  "cam:PassRole": "no call: the right to give an instance a role, which RunInstances needs",
  "cbs:DescribeSnapshots": "for images that were made of snapshots",
  "cvm:DisassociateAddress": "for an EIP that is still bound when it is released; a HAVIP has let it go by then",
};

test.runIf(available).each(["havip", "secondary-private-ip"] as const)(
  "the policy of whoever deploys with %s has each action that the provider calls, and no other to create, read or delete",
  { timeout: 900_000 },
  async (mechanism) => {
    await using pair = await RunningPair.open(folder);
    const called = new Set<string>();
    pair.cloud.on("call", ({ service, action }) => called.add(camOperation(service, action)));
    await pair.synthesize([{ mechanism }]);
    expect(await pair.apply()).toMatchObject({ status: 0 });
    await pair.synthesize([{ mechanism, "eip.bandwidthMbps": 20, tags: { stage: "test" }, "primary.priority": 120 }]);
    expect(await pair.apply()).toMatchObject({ status: 0 });
    expect(await pair.destroy()).toMatchObject({ status: 0 });

    const json = readFileSync(join(pair.stackFolder, "cdk.tf.json"), "utf8");
    const { document, unknownTypes } = deployerPolicy(json);
    const allowed = document.statement.flatMap(({ action }) => [...action]);
    expect(unknownTypes).toEqual([]);
    expect([...called].filter((action) => !allowed.includes(action)).sort()).toEqual([]);

    const { resource, data } = JSON.parse(json) as Record<"resource" | "data", object>;
    const needed = [
      ...Object.keys(resource).flatMap((type) => {
        const { create = [], read = [], delete: remove = [] } = RESOURCE_ACTIONS[type] ?? {};
        return [...create, ...read, ...remove];
      }),
      ...Object.keys(data).flatMap((type) => DATA_SOURCE_ACTIONS[type] ?? []),
    ];
    const unseen = [...new Set(needed)].filter((action) => !called.has(action) && !(action in NOT_SEEN));
    expect(unseen.sort()).toEqual([]);
  },
);
