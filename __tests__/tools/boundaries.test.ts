import { join } from "node:path";
import { ESLint } from "eslint";
import { expect, test } from "vitest";

const ROOT = join(__dirname, "..", "..");
const RULES = ["import-x/no-restricted-paths", "no-restricted-imports"];
/** The project's linter, of whose rules only some are run: the others take most of its time. */
const linter = (rules: readonly string[]) =>
  new ESLint({ cwd: ROOT, ruleFilter: ({ ruleId }) => rules.includes(ruleId) });
const boundaries = linter(RULES);

/** What the boundaries say of a file that imports a module, or two files that import each other. */
async function findings(file: string, specifier: string): Promise<string[]> {
  const [result] = await boundaries.lintText(`export * from "${specifier}";\n`, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).filter(({ ruleId }) => RULES.includes(String(ruleId))).map(({ message }) => message);
}

const PAIRCTL = "packages/pairctl/src";

test.each([
  ["the contract", `${PAIRCTL}/contract/actions.ts`, "../bundle.ts"],
  ["the contract", `${PAIRCTL}/contract/actions.ts`, "fs"],
  ["rendering", "constructs/render/ipv4.ts", "cdktf"],
  ["rendering", "constructs/render/ipv4.ts", "node:fs"],
  ["rendering", "constructs/render/ipv4.ts", "../validation"],
  ["the constructs", "constructs/validation.ts", "../packages/local-cloud/src/index.ts"],
  ["the constructs", "constructs/validation.ts", "../packages/pairctl/src/bundle.ts"],
  ["the constructs", "constructs/validation.ts", "../settings"],
  ["the constructs", "constructs/validation.ts", "@cdktf/provider-tencentcloud/lib/eip"],
  ["the constructs", "constructs/validation.ts", "node:http"],
  ["the settings", "settings/load.ts", "local-cloud"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "yaml"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "node:fs"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "local-cloud"],
  ["the local cloud", "packages/local-cloud/src/index.ts", "pairctl/contract"],
  ["the local cloud", "packages/local-cloud/src/index.ts", "../../../constructs"],
  ["the rehearsal", "packages/rehearsal/src/inside.ts", "../../../constructs"],
  ["the rehearsal", "packages/rehearsal/src/inside.ts", "../../pairctl/src/bundle.ts"],
])("%s may not import what its row does not name: %s imports %s", async (_, file, specifier) => {
  expect(await findings(file, specifier)).toEqual([expect.stringContaining("see tools/lint/boundaries.mjs")]);
});

test.each([
  ["constructs/validation.ts", "./contract"],
  ["constructs/provider.ts", "@cdktf/provider-tencentcloud/lib/eip"],
  ["constructs/render/ipv4.ts", "node:zlib"],
  ["settings/load.ts", "../constructs"],
  [`${PAIRCTL}/bundle.ts`, "./contract/index.ts"],
  [`${PAIRCTL}/bundle.ts`, "crypto"],
  ["packages/rehearsal/src/inside.ts", "pairctl/contract"],
  ["packages/rehearsal/src/inside.ts", "local-cloud"],
  // The root has another version of it, so that npm installs this one into the package's own folder.
  ["packages/rehearsal/src/inside.ts", "cli-truncate"],
])("%s may import %s", async (file, specifier) => {
  expect(await findings(file, specifier)).toEqual([]);
});

test("an import cycle is found", async () => {
  // The file that it stands for is imported by the other one.
  const code = 'export * from "./load";\n';
  const [result] = await linter(["import-x/no-cycle"]).lintText(code, { filePath: join(ROOT, "settings/explain.ts") });
  expect(result?.messages).toContainEqual(expect.objectContaining({ ruleId: "import-x/no-cycle" }));
});
