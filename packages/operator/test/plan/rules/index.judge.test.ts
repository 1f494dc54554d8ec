import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mechanism } from "pairctl/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { providerAvailable } from "../../../../deployment/test/provider.ts";
import { RunningPair, type SynthesizedStack } from "../../../../deployment/test/running-pair.ts";
import { type PlannedResource, plannedResource } from "../../../src/plan/changes.ts";
import { judge } from "../../../src/plan/judge.ts";
import { planOf } from "../../../src/plan/plan.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { RULES } from "../../../src/plan/rules/index.ts";
import { withShortUserData } from "../support/record.ts";
import { type ChangedValues, REPLACEMENTS, UPDATES } from "./changed-values.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: whether the provider replaces what the table says");

/** What only one mechanism has. */
const ELSEWHERE: Readonly<Record<Mechanism, readonly string[]>> = {
  havip: ["tencentcloud_eip_association", "tencentcloud_eni"],
  "secondary-private-ip": ["tencentcloud_ha_vip", "tencentcloud_ha_vip_eip_attachment"],
};

const MECHANISMS = ["havip", "secondary-private-ip"] as const;

describe.runIf(available).concurrent.each(MECHANISMS)(
  "the real provider, with %s",
  { timeout: 900_000 },
  (mechanism) => {
    let folder = "";
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "plan-rules-"));
      await using pair = await RunningPair.open(join(folder, "base"));
      await pair.synthesize([{ mechanism }], withKeyPair);
      expect(await pair.apply()).toMatchObject({ status: 0 });
      await pair.save();
    }, 300_000);
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    /** What Terraform plans where the stack has other values. */
    async function planned(values: ChangedValues) {
      const own = mkdtempSync(join(folder, "own-"));
      for (const file of ["cloud.json", "terraform.tfstate"]) cpSync(join(folder, "base", file), join(own, file));
      await using pair = await RunningPair.open(own);
      await pair.synthesize([{ mechanism }], (stack) => {
        withKeyPair(stack);
        change(stack, values);
      });
      const file = join(pair.stackFolder, "plan.bin");
      expect(await pair.plan(`-out=${file}`)).toMatchObject({ status: 2 });
      const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
      const options = { cwd: pair.stackFolder, maxBuffer: 2 ** 28 };
      const json = readPlan(execFileSync(terraform, ["show", "-json", file], options), "the plan");
      const resources = json.resource_changes.map(plannedResource).filter(({ type }) => type in values);
      expect(resources).not.toEqual([]);
      return { resources, report: judge(planOf(json, "the plan"), []) };
    }
    const own = (plans: readonly ChangedValues[]) =>
      plans.filter((values) => Object.keys(values).some((type) => !ELSEWHERE[mechanism].includes(type)));
    const changedOf = (values: ChangedValues, { type }: PlannedResource) =>
      Object.entries(values[type] ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));

    test.each(own(UPDATES))("updates what the table does not call a replacement (plan %#)", async (values) => {
      const { resources, report } = await planned(values);
      for (const resource of resources) {
        expect({ ...resource, before: {}, after: {} }).toMatchObject({ action: "update", type: resource.type });
        const names = resource.attributes.map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(changedOf(values, resource)));
        for (const name of changedOf(values, resource))
          expect(RULES[resource.type]?.attributes[name]).not.toBe("replaces");
      }
      // Each change has a verdict of its own, and none is left to the rule for what nobody knows.
      expect(report.findings.filter(({ reason }) => reason.includes("nobody has tried it"))).toEqual([]);
    });

    test.each(own(REPLACEMENTS))("replaces what the table says it replaces (plan %#)", async (values) => {
      const { resources } = await planned(values);
      for (const resource of resources) {
        const replacing = resource.attributes.filter(({ replaces }) => replaces).map(({ name }) => name);
        expect({ [resource.address]: resource.action }).toEqual({ [resource.address]: "replace" });
        expect({ [resource.address]: replacing.sort() }).toEqual({
          [resource.address]: expect.arrayContaining(changedOf(values, resource)),
        });
      }
    });
  },
);

/** A key of the stack's own, which pair.yaml has not. */
function withKeyPair(stack: SynthesizedStack): void {
  withShortUserData(stack);
  stack.resource["tencentcloud_key_pair"] = {
    Key: {
      key_name: "ops",
      public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA ops",
    },
  };
}

/** Gives the resources the values (null takes an argument away), without what the constructs guard them with. */
function change(stack: SynthesizedStack, values: ChangedValues): void {
  for (const [type, changed] of Object.entries(values)) {
    for (const resource of Object.values(stack.resource[type] ?? {})) {
      delete resource["lifecycle"];
      // In JSON, null is an argument that is not given.
      Object.assign(resource, changed);
    }
  }
}
