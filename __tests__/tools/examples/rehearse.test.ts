import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { exampleNames, exampleRun, main, parseOptions } from "../../../tools/examples/rehearse";
import { TARGET } from "../../../tools/package/build";
import { FLAVOURS } from "../../../tools/package/flavours";

const ROOT = join(__dirname, "../../..");
const readmeOf = (name: string) => readFileSync(join(ROOT, "examples", name, "README.md"), "utf8");

afterEach(() => vi.restoreAllMocks());

test("examples/README.md lists every example", () => {
  const listed = [...readFileSync(join(ROOT, "examples/README.md"), "utf8").matchAll(/^\| \[([\w-]+)\]/gm)];
  expect(listed.map(([, name]) => name).sort()).toEqual(exampleNames());
});

describe.each(exampleNames())("%s", (name) => {
  test("has a README that is read in a minute", () => {
    expect(readmeOf(name).trimEnd().split("\n").length).toBeLessThanOrEqual(30);
  });

  test("is rehearsed by the commands of its README, and of no other example", () => {
    const { script, leftOut } = exampleRun(name, true);
    expect(leftOut).toEqual([]);
    expect(script).toContain(`examples/${name}`);
    expect([...new Set([...script.matchAll(/examples\/([\w-]+)/g)].map(([, other]) => other))]).toEqual([name]);
  });

  test("is deployed, unless Terraform does not get the provider", () => {
    const { script, leftOut } = exampleRun(name, false);
    expect(leftOut.length).toBeGreaterThan(0);
    expect(script).not.toMatch(/^npm run (deploy|destroy):local/m);
  });
});

test("an example that packs a package takes it from where it is built", () => {
  const { script } = exampleRun("cdktn", true);
  const [, packed = ""] = /npm pack --silent (\S+)/.exec(script) ?? [];
  expect(FLAVOURS.map(({ name }) => join(TARGET, name))).toContain(join(ROOT, "examples/cdktn", packed));
});

test("all examples are rehearsed one after the other, unless some are named, or several labs asked for", () => {
  expect(parseOptions([])).toEqual({ help: false, labs: 1, names: exampleNames() });
  expect(parseOptions(["--labs", "2", "cdktn"])).toEqual({ help: false, labs: 2, names: ["cdktn"] });
});

test.each([
  ["an example that there is not, and names those that there are", ["nginx"], "one of cdktn, existing-subnet, haproxy"],
  ["labs that are no number", ["--labs", "two"], "--labs must be a whole number above 0, got 'two'"],
  ["no labs at all", ["--labs", "0"], "--labs must be a whole number above 0, got '0'"],
  ["an option that there is not", ["--lab"], "Unknown option '--lab'"],
])("refuses %s", async (_, argv, expected) => {
  const error = vi.spyOn(console, "error").mockReturnValue();
  expect(await main(argv)).toBe(2);
  expect(error.mock.calls.join()).toContain(expected);
});
