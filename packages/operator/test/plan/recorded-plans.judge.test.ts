import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeOver } from "../../../deployment/test/fail-over.ts";
import { providerAvailable } from "../../../deployment/test/provider.ts";
import { RunningPair, type SettingsChange, type SynthesizedStack } from "../../../deployment/test/running-pair.ts";
import type { PlanReport } from "../../src/plan/finding.ts";
import type { PlanJson } from "../../src/plan/plan-json.ts";
import { readPlan } from "../../src/plan/read-plan.ts";
import { judged, recordedFile, reportOf } from "./support/plans.ts";
import { essential, withShortUserData } from "./support/record.ts";

const available = providerAvailable();
if (!available)
  console.log("not run: provider not available: whether the recorded plans are what Terraform makes today");

/** `RECORD_PLANS=1` writes them anew. */
const RECORDS = process.env["RECORD_PLANS"] === "1";

const PRIMARY = "tencentcloud_instance.Pair_Primary_09DFE33C";

interface RecordedPlan {
  readonly name: string;
  readonly mechanism: "havip" | "secondary-private-ip";
  readonly settings?: SettingsChange;
  readonly args?: readonly string[];
  /** Whether it is of a stack that guards its nodes less than ours: somebody's own, or one of before. @default false */
  readonly unguarded?: boolean;
}

const PLANS: readonly RecordedPlan[] = [
  { name: "no-change", mechanism: "havip" },
  { name: "no-change-private-ip", mechanism: "secondary-private-ip" },
  {
    name: "instance-type",
    mechanism: "secondary-private-ip",
    settings: { instanceType: "S5.LARGE8" },
    unguarded: true,
  },
  {
    name: "priority-and-check",
    mechanism: "havip",
    settings: { "primary.priority": 120, healthCheck: { http: "http://127.0.0.1/healthz" } },
  },
  { name: "eip-taken-away", mechanism: "secondary-private-ip", settings: { eip: undefined } },
  { name: "another-vip", mechanism: "havip", settings: { vip: "10.0.1.200" } },
  { name: "standby-replaced", mechanism: "havip", args: [`-replace=${PRIMARY}`] },
  { name: "destroy", mechanism: "havip", args: ["-destroy"] },
];

describe.runIf(available).concurrent.each(["havip", "secondary-private-ip"] as const)(
  "a pair with %s that has failed over",
  { timeout: 900_000 },
  (mechanism) => {
    let folder = "";
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "recorded-plans-"));
      await using pair = await RunningPair.open(join(folder, "base"));
      await pair.synthesize([{ mechanism }], withShortUserData);
      expect(await pair.apply()).toMatchObject({ status: 0 });
      await takeOver(pair.cloud, mechanism, "primary");
      await takeOver(pair.cloud, mechanism, "secondary");
      await pair.save();
    }, 300_000);
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test.each(PLANS.filter((plan) => plan.mechanism === mechanism))(
      "gets the same verdicts from a plan of today as from the recorded one: $name",
      async ({ name, settings = {}, args = [], unguarded = false }) => {
        const own = mkdtempSync(join(folder, "own-"));
        for (const file of ["cloud.json", "terraform.tfstate"]) cpSync(join(folder, "base", file), join(own, file));
        await using pair = await RunningPair.open(own);
        await pair.synthesize([{ mechanism }, settings], (stack) => {
          withShortUserData(stack);
          if (unguarded) withoutGuards(stack);
        });
        const plan = await shown(pair, args);
        if (RECORDS) writeFileSync(recordedFile(name), `${JSON.stringify(essential(plan))}\n`);
        expect(whatIsSaid(judged(plan))).toEqual(whatIsSaid(reportOf(name)));
      },
    );
  },
);

function withoutGuards(stack: SynthesizedStack): void {
  const instances = Object.values(stack.resource["tencentcloud_instance"] ?? {});
  for (const instance of instances) instance["lifecycle"] = { ignore_changes: ["image_id", "key_ids"] };
}

async function shown(pair: RunningPair, args: readonly string[]): Promise<PlanJson> {
  const file = join(pair.stackFolder, "plan.bin");
  await pair.plan(`-out=${file}`, ...args);
  const json = execFileSync(process.env["TERRAFORM_BINARY_NAME"] || "terraform", ["show", "-json", file], {
    cwd: pair.stackFolder,
    maxBuffer: 2 ** 28,
  });
  return readPlan(json, "the plan");
}

/** Without the ids, which are others in each cloud. */
function whatIsSaid(report: PlanReport): unknown {
  const ids = /\b(vpc|subnet|eip|ins|havip|eni|sg|ps|disk|img)-[0-9a-z]{8}\b/g;
  return JSON.parse(
    JSON.stringify(report)
      .replaceAll(ids, "$1-…")
      .replace(/\([\d,]+ characters\)/g, ""),
  );
}
