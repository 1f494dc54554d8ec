import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = join(__dirname, "../..");
const BUILT = ["packages/provider-tencentcloud/lib/.built-from", "assets/pairctl/secondary-private-ip.js"];

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "a checkout "));
  mkdirSync(join(checkout, "tools"));
  cpSync(join(ROOT, "tools/require-build.mjs"), join(checkout, "tools/require-build.mjs"));
  writeFileSync(join(checkout, "main.mjs"), 'console.log("runs")');
});
afterEach(() => rmSync(checkout, { recursive: true }));

const install = () => symlinkSync(join(ROOT, "node_modules"), join(checkout, "node_modules"));

function build(): void {
  for (const path of BUILT) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), "");
  }
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: checkout, encoding: "utf8" });
  return { status, stdout, stderr };
}

const command = () => run("--import", "./tools/require-build.mjs", "main.mjs");

describe("a command of a checkout", () => {
  test("runs where everything is installed and built, also below a path with blanks", () => {
    install();
    build();
    expect(command()).toEqual({ status: 0, stdout: "runs\n", stderr: "" });
  });

  test("refuses to run after npm ci --ignore-scripts, and says what to do", () => {
    install();
    const stderr = "this checkout is not built, as after npm ci --ignore-scripts: npm run build\n";
    expect(command()).toEqual({ status: 2, stdout: "", stderr });
    expect(run("tools/require-build.mjs", "--before-build")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["before the build", "tools/require-build.mjs", "--before-build"],
    ["otherwise", "tools/require-build.mjs"],
  ])("refuses to run without the development dependencies, %s", (_, ...args) => {
    build();
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^the development dependencies of this checkout are not installed.*: npm ci --include=dev.*\n$/,
    );
  });
});

test("every script that takes the build asks for it first", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const named = ["build", "synth", "start", "rehearse", "deploy:local", "plan:local", "destroy:local", "test", "check"];
  const asksFirst = /^(exec )?node (--import \.\/tools\/end-with-npm\.mjs )?(--import \.\/)?tools\/require-build\.mjs/;
  expect(named.filter((name) => !asksFirst.test(scripts[name] ?? ""))).toEqual([]);
});
