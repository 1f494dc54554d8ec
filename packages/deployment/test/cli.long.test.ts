import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

test("refuses a wrong command line on stderr, with exit status 2", () => {
  const command = ["--import", import.meta.resolve("tsx"), cli, "fly"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("the command must be one of deploy, plan, destroy, got 'fly'");
});
