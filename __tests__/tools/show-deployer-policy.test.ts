import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
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

test("says how it is used", () => {
  expect(run("--help").out).toContain("usage: npm run show:deployer-policy");
});

test.each([
  ["an option that there is not", ["--json"], 2, /one file at most must be named, got '--json'/],
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
