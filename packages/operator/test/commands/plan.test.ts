import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MACHINE_CLOCK } from "../../src/cli/clock.ts";
import { run } from "../../src/cli/run.ts";
import { plan } from "../../src/commands/plan.ts";
import { EXIT_CODES } from "../../src/exit-codes.ts";
import { unpackUserData } from "../../src/user-data/unpack.ts";
import { node, recordedFile, recordedJson } from "../plan/support/plans.ts";

const folder = mkdtempSync(join(tmpdir(), "pair-plan-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `pair plan`, and says what went where. */
async function pairPlan(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const said = { log: "", error: "", progress: "" };
  const write = (where: keyof typeof said) => (line: string) => void (said[where] += `${line}\n`);
  const status = await run([plan], ["plan", ...args], {
    env: { PATH: process.env["PATH"], ...env },
    terminal: { log: write("log"), error: write("error"), progress: write("progress") },
    interruption: new AbortController().signal,
    clock: MACHINE_CLOCK,
  });
  return { status, ...said };
}

describe("pair plan, of a plan that is there", () => {
  test.each([
    ["no-change", EXIT_CODES.well.code],
    ["priority-and-check", EXIT_CODES.well.code],
    ["standby-replaced", EXIT_CODES.well.code],
    ["instance-type", EXIT_CODES.refused.code],
    ["eip-taken-away", EXIT_CODES.refused.code],
    ["another-vip", EXIT_CODES.refused.code],
    ["destroy", EXIT_CODES.refused.code],
  ])("ends with the documented status: %s", async (name, status) => {
    expect(await pairPlan([recordedFile(name)])).toMatchObject({ status, error: "" });
  });

  test("lets what is allowed by name pass, and never what Terraform refuses", async () => {
    const allowed = ["--allow", "public-address-changes"];
    expect(await pairPlan([recordedFile("eip-taken-away"), ...allowed])).toMatchObject({ status: 0 });
    const all = ["--allow", "address-moves", "--allow", "public-address-changes", "--allow", "half-done"];
    expect(await pairPlan([recordedFile("another-vip"), ...all])).toMatchObject({ status: EXIT_CODES.refused.code });
  });

  test("prints JSON for programs, and Markdown for a comment", async () => {
    const { log } = await pairPlan([recordedFile("instance-type"), "--json"]);
    expect(JSON.parse(log)).toMatchObject({ version: 1, worst: "both-nodes", refusedFor: ["both-nodes"] });
    expect((await pairPlan([recordedFile("instance-type"), "--markdown"])).log).toMatch(/^### What this plan does/);
  });

  test("never prints auth_pass, in no form", async () => {
    const secrets = recordedJson("another-vip")
      .resource_changes.filter(node())
      .flatMap(({ change: { before, after } }) => [before, after])
      .flatMap((values) => unpackUserData(values?.["user_data"])?.files.get("/etc/keepalived/keepalived.conf") ?? [])
      .flatMap(({ content }) => /auth_pass (\S+)/.exec(content)?.[1] ?? []);
    expect(new Set(secrets).size).toBe(2);
    for (const form of [[], ["--json"], ["--markdown"]]) {
      const { log } = await pairPlan([recordedFile("another-vip"), ...form]);
      expect(log).toContain("auth_pass (hidden, another one)");
      for (const secret of secrets) expect(log).not.toContain(secret);
    }
  });

  test("takes less than a second of the processor", async () => {
    const before = process.cpuUsage();
    await pairPlan([recordedFile("priority-and-check")]);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(1_000_000);
  });

  test.each([
    ["an unknown verdict", ["--allow", "all"], /'--allow' must be one of nothing, rolling, .*, got 'all'/],
    ["two forms at once", ["--json", "--markdown"], /exclude each other/],
    ["two plans", ["another.json"], /one plan at a time/],
    ["what makes a plan", ["--destroy"], /--destroy is for a plan that is made here/],
  ])("refuses %s with the status of wrong usage", async (_what, args, message) => {
    const { status, error, log } = await pairPlan([recordedFile("no-change"), ...args]);
    expect({ status, log }).toEqual({ status: EXIT_CODES.usage.code, log: "" });
    expect(error).toMatch(message);
  });

  test("refuses a file that is not there", async () => {
    const { status, error } = await pairPlan([join(folder, "none.json")]);
    expect(status).toBe(EXIT_CODES.usage.code);
    expect(error).toMatch(/none\.json cannot be read \(ENOENT/);
  });
});

describe("pair plan, where it makes the plan itself", () => {
  const terraform = join(folder, "terraform");
  const log = join(folder, "terraform.log");
  /** A project whose app writes what cdktf's does, without a line of ours in it. */
  function project(name: string, stacks: readonly string[], app?: string): string {
    const root = join(folder, name);
    mkdirSync(root, { recursive: true });
    const manifest = Object.fromEntries(stacks.map((stack) => [stack, { workingDirectory: `stacks/${stack}` }]));
    writeFileSync(join(root, "manifest.json"), JSON.stringify({ stacks: manifest }));
    const folders = stacks.map((stack) => `mkdir -p $CDKTF_OUTDIR/stacks/${stack}`);
    const commands = [...folders, "cp manifest.json $CDKTF_OUTDIR/"].join(" && ");
    writeFileSync(join(root, "cdktf.json"), JSON.stringify({ language: "typescript", app: app ?? commands }));
    return root;
  }

  beforeAll(() => {
    const script = `#!/bin/sh
echo "$(basename "$PWD"): $*" >>${log}
case $1 in
  plan) [ "$PLAN_FAILS" ] && { echo 'Error: Authorization: Bearer abc'; exit 1; }
    for arg; do case $arg in -out=*) : >"\${arg#-out=}";; esac; done; exit "\${PLAN_STATUS:-0}";;
  show) cat ${recordedFile("instance-type")};;
esac
`;
    writeFileSync(terraform, script);
    chmodSync(terraform, 0o755);
  });
  const env = { TERRAFORM_BINARY_NAME: terraform };

  test("synthesizes, initializes, plans and shows, in the stack's folder", async () => {
    writeFileSync(log, "");
    const root = project("one", ["web-pair"]);
    const { status, log: text, progress } = await pairPlan(["--project", root, "--replace", "a.b"], env);
    expect({ status, text: text.split("\n")[0] }).toEqual({
      status: EXIT_CODES.refused.code,
      text: "Pair web-pair: 10.0.1.100 (secondary-private-ip), the secondary has it now",
    });
    const calls = readFileSync(log, "utf8").replaceAll(/\/\S*plan\.bin/g, "plan.bin");
    expect(calls).toBe(
      "web-pair: init -input=false -no-color\n" +
        "web-pair: plan -input=false -no-color -out=plan.bin -replace=a.b\n" +
        "web-pair: show -json plan.bin\n",
    );
    expect(progress).toMatch(/^synthesizing: .*\nterraform init in .*\nterraform plan\n$/);
  });

  test("judges a plan that Terraform itself refuses as well", async () => {
    const { status } = await pairPlan(["--project", project("refused", ["web-pair"])], { ...env, PLAN_STATUS: "1" });
    expect(status).toBe(EXIT_CODES.refused.code);
  });

  test("asks which stack is meant, where there are several", async () => {
    const root = project("two", ["web", "mail"]);
    expect(await pairPlan(["--project", root], env)).toMatchObject({
      status: EXIT_CODES.usage.code,
      error: expect.stringContaining("the app has 2 stacks: name one of web, mail with --stack"),
    });
    expect((await pairPlan(["--project", root, "--stack", "mail"], env)).status).toBe(EXIT_CODES.refused.code);
    expect((await pairPlan(["--project", root, "--stack", "none"], env)).error).toContain("must be one of web, mail");
  });

  test("says what failed, without secrets, where there is no plan", async () => {
    const failing = await pairPlan(["--project", project("failing", ["web-pair"])], { ...env, PLAN_FAILS: "1" });
    expect(failing.status).toBe(EXIT_CODES.unknown.code);
    expect(failing.error).toContain("'terraform plan' ended with 1, so that there is no plan to look at:\n");
    expect(failing.error).toContain("Bearer (hidden)");
    const synth = await pairPlan(["--project", project("broken", [], "echo 'vip is wrong' >&2; exit 1")], env);
    expect(synth).toMatchObject({ status: EXIT_CODES.unknown.code, error: expect.stringContaining("vip is wrong") });
  });

  test("refuses a folder without a project, and a machine without Terraform, with the remedy", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect((await pairPlan(["--project", empty], env)).error).toMatch(/no cdktf\.json .* name it with --project/);
    const missing = await pairPlan(["--project", project("bare", ["web-pair"])], { TERRAFORM_BINARY_NAME: "no-such" });
    expect(missing).toMatchObject({ status: EXIT_CODES.usage.code });
    expect(missing.error).toContain("'no-such' is not on this machine: install Terraform");
  });
});
