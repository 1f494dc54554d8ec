import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mechanism } from "pairctl/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeOver } from "../../../deployment/test/fail-over.ts";
import { providerAvailable } from "../../../deployment/test/provider.ts";
import { RunningPair } from "../../../deployment/test/running-pair.ts";
import { run } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PlanJson } from "../../src/plan/plan-json.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: whether it takes in what 'pair adopt' has found");

/** Runs `pair` beside a deployment. */
async function pairOf({ env }: RunningPair, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const status = await run(COMMANDS, args, {
    env,
    terminal: {
      log: (line) => void out.push(line),
      error: (line) => void err.push(line),
      progress: (line) => void err.push(line),
    },
    interruption: new AbortController().signal,
  });
  return { status, out: out.join("\n"), err: err.join("\n") };
}

/** What Terraform plans, as `terraform show -json` says it. */
async function planned(pair: RunningPair): Promise<PlanJson> {
  const file = join(pair.stackFolder, "plan.bin");
  expect(await pair.plan(`-out=${file}`)).toMatchObject({ status: 2 });
  const terraform = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const shown = execFileSync(terraform, ["show", "-json", file], { cwd: pair.stackFolder, maxBuffer: 2 ** 28 });
  rmSync(file);
  return JSON.parse(shown.toString()) as PlanJson;
}

const DONE = { status: 0, said: expect.stringContaining("Apply complete!") };
const NOTHING_TO_DO = { status: 0, said: expect.stringContaining("No changes.") };

describe.runIf(available).concurrent.each(["havip", "secondary-private-ip"] as const)(
  "a pair with %s whose state is lost",
  { timeout: 300_000 },
  (mechanism: Mechanism) => {
    let folder = "";
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "adopt-"));
      await using pair = await RunningPair.open(join(folder, "base"));
      await pair.synthesize([{ mechanism }]);
      expect(await pair.apply()).toEqual(DONE);
      await takeOver(pair.cloud, mechanism, "primary");
      await takeOver(pair.cloud, mechanism, "secondary");
      pair.loseState();
      await pair.save();
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const opened = () => {
      const own = mkdtempSync(join(folder, "own-"));
      cpSync(join(folder, "base"), own, { recursive: true });
      return RunningPair.open(own);
    };

    test("is adopted after a failover: nothing of it is changed, and then there is nothing to do", async () => {
      await using pair = await opened();
      await pair.synthesize([{ mechanism }]);
      const { status, out, err } = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--write");
      expect({ status, err }).toMatchObject({ status: 0 });
      expect(out).toContain(
        "15 resources of the stack are there and not in the state".replace("15", mechanism === "havip" ? "15" : "13"),
      );
      expect(pair.writes).toEqual([]);

      const { resource_changes: changes } = await planned(pair);
      const made = changes.filter(({ change }) => change.actions.includes("create"));
      expect([...new Set(made.map(({ type }) => type))]).toEqual(["terraform_data"]);
      expect(changes.filter(({ change }) => change.actions.includes("delete"))).toEqual([]);

      expect(await pair.apply()).toEqual(DONE);
      expect(pair.writes).toEqual([]);
      rmSync(join(pair.stackFolder, "adopt.tf.json"));
      expect(await pair.plan()).toEqual(NOTHING_TO_DO);

      const again = await pairOf(pair, "adopt", "--stack", pair.stackFolder, "--write");
      expect(again).toMatchObject({ status: 0, out: expect.stringContaining("there is nothing to adopt") });
      expect(existsSync(join(pair.stackFolder, "adopt.tf.json"))).toBe(false);
    });
  },
);
