import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve } from "../../src/commands/serve.ts";
import { said } from "../support/terminal.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "local-cloud-serve-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => said((terminal) => serve(args, terminal));

test("says how it is used", async () => {
  const { status, stdout } = await run("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("usage: npm run local-cloud");
});

test.each([
  [["--port", "99999"], "--port must be a port, got '99999'"],
  [["--fly"], "Unknown option '--fly'"],
  [["--assume", "eip=stays"], "an assumption must be one of migration-from-free-eni,"],
])("refuses %j with exit status 2", async (args, message) => {
  const { status, stderr } = await run(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test("refuses a state file that is in use, or of another region, with exit status 2", async () => {
  const file = join(folder, "cloud.json");
  writeFileSync(file, JSON.stringify({ version: 2, region: "ap-tokyo", maps: {} }));
  expect(await run("--state", file, "--region", "ap-singapore")).toMatchObject({ status: 2 });
  writeFileSync(`${file}.lock`, String(process.pid));
  const { status, stderr } = await run("--state", file);
  expect(status).toBe(2);
  expect(stderr).toContain(`is in use by process ${process.pid}`);
});
