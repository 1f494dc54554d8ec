// TypeScript's own compiler judges the programs that the docs show; then they run, and must synthesize a pair.
import { join } from "node:path";
import * as cdktf from "cdktf";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as library from "../../constructs";
import { letsVrrpPass, pairsOf } from "../../constructs/testing";
import { ROOT } from "../../tools/docs/pages.ts";
import { inLanguage, type Snippet } from "./snippets";

/** Programs whose lines are run by a test of their own, or that tools/package fills in from an example. */
const ELSEWHERE = ["packages/local-cloud/README.md:", "tools/package/README.md:18"];
/** What stands around a part of a program. */
const AROUND: Readonly<Record<string, string>> = {
  "tools/package/README.md": [
    'import { Testing, type TerraformStack } from "cdktf";',
    'import "cdktf-tencentcloud-keepalived/vitest";',
    'import { expect } from "vitest";',
    "declare const stack: TerraformStack;",
    "",
  ].join("\n"),
};
const programs = inLanguage("ts").filter(({ place }) => !ELSEWHERE.some((start) => place.startsWith(start)));

test("there are programs, and one is in the README", () => {
  expect(programs.map(({ page }) => page)).toContain("README.md");
});

test("each is accepted by TypeScript, as strictly as the project's own source", () => {
  expect(diagnosticsOf(programs)).toEqual([]);
});

describe("a program that makes a stack", () => {
  const whole = programs.filter(({ text }) => text.includes("new TerraformStack("));

  test.each(whole.map(({ place, text }) => [place, text]))(
    "%s synthesizes a pair whose nodes hear each other",
    (_, text) => {
      const synthesized = cdktf.Testing.synth(run(text), true);
      const [pair, ...others] = pairsOf(synthesized);
      expect(others).toEqual([]);
      expect(pair).toMatchObject({ vip: "10.0.1.100", mechanism: "secondary-private-ip" });
      expect(pair && letsVrrpPass(pair)).toBe(true);
    },
  );

  const runnable = whole.filter(({ text }) => text.includes("new App()"));
  test.each(runnable.map(({ place, text }) => [place, text]))(
    "%s writes the stack where it is run by itself",
    (_, text) => {
      expect(text).toMatch(/^app\.synth\(\);$/m);
    },
  );
});

test("the program of the README has twelve lines at most", () => {
  const [shown] = programs.filter(({ page }) => page === "README.md");
  expect(shown?.text.split("\n").length).toBeLessThanOrEqual(12);
});

/** What TypeScript has against the programs. They lie, for it, where an example's main.ts is beside them. */
function diagnosticsOf(snippets: readonly Snippet[]): string[] {
  const folder = join(ROOT, "examples/existing-subnet");
  const sources = new Map(
    snippets.map(({ page, text }, index) => [
      join(folder, `snippet-${index}.ts`),
      `${AROUND[page] ?? ""}${text}\nexport {};\n`,
    ]),
  );
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const paths = {
    "cdktf-tencentcloud-keepalived": [join(ROOT, "constructs/index.ts")],
    "cdktf-tencentcloud-keepalived/vitest": [join(ROOT, "constructs/testing/vitest.mts")],
  };
  const host = ts.createCompilerHost({ ...options, paths });
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const source = sources.get(file);
    return source === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, source, languageVersion);
  };
  const program = ts.createProgram([...sources.keys()], { ...options, paths }, host);
  return [...sources.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

/** Runs a program with the library's source, and returns the stack that it calls `stack`. */
function run(text: string): cdktf.TerraformStack {
  const code = ts.transpile(text, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  const modules: Readonly<Record<string, unknown>> = { cdktf, "cdktf-tencentcloud-keepalived": library };
  const evaluate = new Function("require", "exports", `${code.replace("app.synth();", "")}\nreturn stack;`);
  return evaluate((name: string) => modules[name], {}) as cdktf.TerraformStack;
}
