import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packedProgram, unpackedProgram } from "../../src/contract/index.ts";

const PROGRAM =
  'const { argv } = process;\nconsole.log(typeof require("fs"), "ä\\n", argv.slice(2));\nprocess.exitCode = 3;\n';

describe("a packed program", () => {
  const folder = mkdtempSync(join(tmpdir(), "packed-program-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is a file that the kernel runs, and does what the program does", () => {
    const file = join(folder, "program");
    writeFileSync(file, packedProgram(`#!/usr/bin/env node\n${PROGRAM}`), { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync(file, ["a", "b c"], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: "object ä\n [ 'a', 'b c' ]\n", stderr: "" });
  });

  test("is unpacked as the code that it was, with the line that names its interpreter or without", () => {
    for (const line of ["", "#!/usr/bin/env node\n", "#!/usr/bin/node --no-warnings\n"])
      expect(unpackedProgram(packedProgram(line + PROGRAM))).toBe(PROGRAM);
  });

  test("is three lines that YAML keeps as they are, with nothing in it that a shell or Terraform would read", () => {
    expect(packedProgram(PROGRAM)).toMatch(/^#!\/usr\/bin\/env node\neval\([ -#%-z|}~]*\)\n$/);
  });

  test.each([["#!/bin/sh\n"], ["#!/usr/bin/env node\n1\n"], [""]])("is no other file: %s", (file) => {
    expect(unpackedProgram(file)).toBeUndefined();
  });
});
