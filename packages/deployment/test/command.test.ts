import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { deploy } from "../src/command.ts";

afterEach(() => vi.unstubAllEnvs());

/** Runs the command for its exit status and what it says. */
async function run(...args: string[]): Promise<{ status: number; log: string; error: string }> {
  const said = { log: "", error: "" };
  const terminal = { log: (line: string) => (said.log += line), error: (line: string) => (said.error += line) };
  return { status: await deploy(args, terminal), ...said };
}

test("says how it is used", async () => {
  const { status, log } = await run("deploy", "--help");
  expect(status).toBe(0);
  expect(log).toContain("usage: npm run deploy:local");
});

test.each([
  [["deploy", "--mechanism", "magic"], "--mechanism must be one of havip, secondary-private-ip, got 'magic'"],
  [["deploy", "--port", "99999"], "--port must be a port, got '99999'"],
  [
    ["deploy", "--app", "examples/nginx-eip", "--mechanism", "havip"],
    "--mechanism is that of the program, got 'havip'",
  ],
  [["deploy", "--subnet-cidr", "10.0.1.0/24"], "--subnet-cidr goes with --app FOLDER, got '10.0.1.0/24' without it"],
  [["fly"], "the command must be one of deploy, plan, destroy, got 'fly'"],
])("refuses %j with exit status 2", async (args, message) => {
  const { status, error } = await run(...args);
  expect(status).toBe(2);
  expect(error).toContain(message);
});

test("without Terraform, says how to get it, with exit status 2", async () => {
  vi.stubEnv("TERRAFORM_BINARY_NAME", join(import.meta.dirname, "no-terraform"));
  const { status, error } = await run("deploy");
  expect(status).toBe(2);
  expect(error).toContain("Get it from https://developer.hashicorp.com/terraform/install");
});
