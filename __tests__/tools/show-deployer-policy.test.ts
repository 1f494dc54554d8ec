import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkPolicyActions } from "../../packages/local-cloud/src/index.ts";
import { main } from "../../tools/show-deployer-policy";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "policy-"))));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs the command for its exit status and what it says. */
function run(...args: string[]) {
  vi.restoreAllMocks();
  const out = vi.spyOn(console, "log").mockReturnValue();
  const err = vi.spyOn(console, "error").mockReturnValue();
  main(args);
  return { status: process.exitCode ?? 0, out: out.mock.calls.join("\n"), err: err.mock.calls.join("\n") };
}

test("prints a policy for the shipped stack, and nothing beside it", () => {
  const { status, out, err } = run();
  expect({ status, err }).toEqual({ status: 0, err: "" });
  const [statement] = JSON.parse(out).statement;
  expect(statement.action).toEqual(expect.arrayContaining(["vpc:CreateNetworkInterface", "cam:PassRole"]));
  expect(statement.action).not.toContain("vpc:CreateHaVip");
});

test("prints that of another stack, and names what it cannot know", () => {
  const file = join(folder, "cdk.tf.json");
  writeFileSync(file, JSON.stringify({ resource: { tencentcloud_ha_vip: {}, tencentcloud_clb_instance: {} } }));
  const { status, out, err } = run(file);
  expect(status).toBe(0);
  expect(JSON.parse(out).statement[0].action).toEqual([
    "vpc:CreateHaVip",
    "vpc:DeleteHaVip",
    "vpc:DescribeHaVips",
    "vpc:ModifyHaVipAttribute",
  ]);
  expect(err).toContain("not in it, since this library does not make them: tencentcloud_clb_instance");
});

test("prints what the command 'pair' calls, alone or beside a deploy", () => {
  const pair = JSON.parse(run("--for", "pair").out).statement[0].action;
  expect(pair).toEqual(expect.arrayContaining(["tat:RunCommand", "tat:DescribeInvocationTasks", "cvm:StartInstances"]));
  expect(pair).not.toContain("cvm:RunInstances");
  const both = JSON.parse(run("--for", "deploy,pair").out).statement[0].action;
  expect(both).toEqual(expect.arrayContaining([...pair, "cvm:RunInstances"]));
});

test("prints what the acceptance needs for its own stacks, of both mechanisms, and what it calls beside", () => {
  const { out, err } = run("--for", "acceptance");
  expect(err).toBe("");
  const { action } = JSON.parse(out).statement[0];
  const needed = ["vpc:CreateHaVip", "vpc:CreateNetworkInterface", "cvm:RebootInstances", "cvm:DescribeAddresses"];
  expect(action).toEqual(expect.arrayContaining([...needed, "vpc:CreateVpc", "cam:ListPolicies"]));
  expect(() => checkPolicyActions(action.filter((each: string) => each !== "cam:PassRole"))).not.toThrow();
});

test("says how it is used", () => {
  expect(run("--help").out).toContain("usage: npm run show:deployer-policy");
});

test.each([
  ["an option that there is not", ["--json"], 2, /Unknown option '--json'/],
  ["a purpose that there is not", ["--for", "deploy,fun"], 2, /--for must be of deploy, pair, acceptance, got 'fun'/],
  [
    "a file that nothing is read from",
    ["--for", "pair", "a"],
    2,
    /FILE must go with --for deploy, got 'a' with 'pair'/,
  ],
  ["two files", ["a", "b"], 2, /got 'a b'/],
  [
    "a file that is not there",
    ["nowhere/cdk.tf.json"],
    1,
    /FILE must be the cdk\.tf\.json .*got 'nowhere.*cdktf synth/,
  ],
])("refuses %s", (_, args, expected, message) => {
  const { status, out, err } = run(...args);
  expect(status).toBe(expected);
  expect(out).toBe("");
  expect(err).toMatch(message);
});

test("prints what a state in COS needs where the settings put it there, on its bucket alone", () => {
  const settings = join(folder, "cos.yaml");
  writeFileSync(settings, "backend: { type: cos, region: ap-jakarta, bucket: states-1250000000 }\n");
  vi.stubEnv("PAIR_SETTINGS", `pair.yaml,${settings}`);
  const [stack, state] = JSON.parse(run("--for", "deploy,pair").out).statement;
  vi.unstubAllEnvs();
  expect(stack.action).toEqual(expect.arrayContaining(["cvm:RunInstances", "tag:CreateTag", "tag:DeleteTag"]));
  expect(stack.resource).toEqual(["*"]);
  expect(state).toEqual({
    effect: "allow",
    action: ["name/cos:DeleteObject", "name/cos:GetBucket", "name/cos:GetObject", "name/cos:PutObject"],
    resource: ["qcs::cos:ap-jakarta:uid/1250000000:states-1250000000/*"],
  });
});
