import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCdktf } from "../src/cdktf.ts";

const program = fileURLToPath(new URL("../../../examples/nginx-eip", import.meta.url));
const terraform = spawnSync("sh", ["-c", "command -v terraform"], { encoding: "utf8" }).stdout.trim();
if (terraform === "") console.log("not run: Terraform not available: another program in its place");

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "cdktf-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program into a folder of the path that notes what it is called with. */
function writeProgram(name: string, then: string): string {
  const path = join(folder, "bin", name);
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "$*" >>${path}.log\n${then}\n`, { mode: 0o755 });
  return path;
}

test.runIf(terraform !== "")(
  "all goes through the program that stands in Terraform's place, such as tofu",
  async () => {
    const tofu = writeProgram("tofu", `exec ${terraform} "$@"`);
    const other = writeProgram("terraform", "exit 99");
    const env = {
      ...process.env,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`,
      TERRAFORM_BINARY_NAME: "tofu",
      CHECKPOINT_DISABLE: "1",
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
      // The plan needs an account, or there is no provider: it is about who is called.
      TENCENTCLOUD_SECRET_ID: "",
    };
    await runCdktf("diff", { program, output: join(folder, "out"), env }).catch(() => undefined);
    expect(readFileSync(`${tofu}.log`, "utf8")).toMatch(/^init\b/m);
    expect(existsSync(`${other}.log`)).toBe(false);
  },
);

/** Installs a CLI beside a program of its own: what it does is to say its name, where this Node.js may run it. */
function installCli(name: string, node: string): void {
  const place = join(folder, "program/node_modules", `${name}-cli`);
  mkdirSync(place, { recursive: true });
  const manifest = { name: `${name}-cli`, version: "9.9.9", bin: { [name]: "cli.js" }, engines: { node } };
  writeFileSync(join(place, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(place, "cli.js"), `console.log("this is ${name}")`);
}

const synth = () => runCdktf("synth", { program: join(folder, "program"), output: "out", env: process.env });

test("the CLI is the first one that this Node.js can run", async () => {
  installCli("cdktn", ">=999.1.0");
  installCli("cdktf", ">=20.9");
  expect(await synth()).toContain("this is cdktf");
  installCli("cdktn", ">=20.16.0");
  expect(await synth()).toContain("this is cdktn");
});

test("refuses a CLI that takes a newer Node.js, and says which", async () => {
  installCli("cdktn", ">=999.1.0");
  await expect(async () => synth()).rejects.toThrow(
    `cdktn-cli 9.9.9 needs Node.js >=999.1.0, this is ${process.version}: use a newer one`,
  );
});
