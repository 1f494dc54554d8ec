import { join } from "node:path";
import { existsSync, readdirSync } from "node:fs";
import { ESLint } from "eslint";
import { expect, test } from "vitest";
import { LAYERS, SERVICES } from "../../tools/lint/boundaries.mjs";

const ROOT = join(__dirname, "..", "..");
const RULES = [
  "import-x/no-restricted-paths",
  "no-restricted-imports",
  "no-restricted-globals",
  "no-restricted-properties",
];
/** The project's linter, of whose rules only some are run: the others take most of its time. */
const linter = (rules: readonly string[]) =>
  new ESLint({ cwd: ROOT, ruleFilter: ({ ruleId }) => rules.includes(ruleId) });
const boundaries = linter(RULES);

/** What the boundaries say of a file that imports a module. */
const findings = (file: string, specifier: string) => findingsIn(file, `export * from "${specifier}";\n`);

/** What the boundaries say of a file with this text. */
async function findingsIn(file: string, text: string): Promise<string[]> {
  // By its path the linter decides what the file may do.
  if (!existsSync(join(ROOT, file))) throw new Error(`there is no ${file}`);
  const [result] = await boundaries.lintText(text, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).filter(({ ruleId }) => RULES.includes(String(ruleId))).map(({ message }) => message);
}

const PAIRCTL = "packages/pairctl/src";

/** A file of each layer, and an import that its row does not name. */
const REFUSED = [
  ["the contract", `${PAIRCTL}/contract/actions.ts`, "../bundle.ts"],
  ["the contract", `${PAIRCTL}/contract/actions.ts`, "fs"],
  ["rendering", "constructs/render/ipv4.ts", "cdktf"],
  ["rendering", "constructs/render/ipv4.ts", "node:fs"],
  ["rendering", "constructs/render/ipv4.ts", "../props/validation"],
  ["the constructs", "constructs/props/validation.ts", "../../packages/local-cloud/src/index.ts"],
  ["the constructs", "constructs/props/validation.ts", "../../packages/pairctl/src/bundle.ts"],
  ["the constructs", "constructs/props/validation.ts", "../../settings"],
  ["the constructs", "constructs/props/validation.ts", "@cdktf/provider-tencentcloud/lib/eip"],
  ["the constructs", "constructs/props/validation.ts", "node:http"],
  ["the constructs", "constructs/props/validation.ts", "../../packages/pairctl/src/contract/index.ts"],
  ["the constructs", "constructs/pair/machine.ts", "../../packages/pairctl/src/contract/index.ts"],
  ["the constructs", "constructs/props/validation.ts", "../../packages/provider-tencentcloud/lib/eip"],
  ["the constructs", "constructs/props/validation.ts", "node:fs"],
  ["the constructs", "constructs/props/validation.ts", "vitest"],
  ["the contract of the constructs", "constructs/contract.ts", "../packages/pairctl/src/bundle.ts"],
  ["the provider", "constructs/provider.ts", "cdktf"],
  ["the assets", "constructs/assets.ts", "node:http"],
  ["the nearest name", "constructs/props/nearest.ts", "yaml"],
  ["the helpers for tests", "constructs/testing/synthesized.ts", "node:fs"],
  ["the settings", "settings/load.ts", "local-cloud"],
  ["the reading of settings files", "packages/settings-files/src/yaml-file.ts", "cdktf"],
  ["the process space", "packages/process-space/src/process-space.ts", "yaml"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "yaml"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "node:fs"],
  ["pairctl", `${PAIRCTL}/bundle.ts`, "local-cloud"],
  ["the local cloud", "packages/local-cloud/src/index.ts", "pairctl/contract"],
  ["the local cloud", "packages/local-cloud/src/index.ts", "../../../constructs"],
  ["the cloud client", "packages/cloud-client/src/index.ts", "local-cloud"],
  ["the acceptance", "packages/acceptance/src/assumptions/claim.ts", "local-cloud"],
  ["the rehearsal", "packages/rehearsal/src/run/inside.ts", "../../../../constructs"],
  ["the rehearsal", "packages/rehearsal/src/run/inside.ts", "../../../pairctl/src/bundle.ts"],
  ["the operator's command", "packages/operator/src/index.ts", "../../../constructs"],
  ["the operator's command", "packages/operator/src/index.ts", "../../pairctl/src/bundle.ts"],
  ["the operator's command", "packages/operator/src/index.ts", "local-cloud"],
  ["the deployment", "packages/deployment/src/command.ts", "../../../constructs"],
  ["the deployment", "packages/deployment/src/command.ts", "../../rehearsal/src/run/inside.ts"],
] as const;

test("there is a refused import for each row of the table", () => {
  const files = REFUSED.map(([, file]) => file);
  const untested = LAYERS.filter(
    ({ folders }) => !files.some((file) => folders.some((folder) => file.startsWith(folder))),
  );
  expect(untested.map(({ name }) => name)).toEqual([]);
});

test.each(REFUSED)("%s may not import what its row does not name: %s imports %s", async (_, file, specifier) => {
  // Where both the folder and the package are not the layer's, the linter says so twice.
  const [found, ...others] = await findings(file, specifier);
  for (const message of [found, ...others]) expect(message).toContain("see tools/lint/boundaries.mjs");
});

const CLOUD = "packages/local-cloud/src";
const CLOUD_SERVICES = `${CLOUD}/services`;

/** A file in each of the local cloud's services. */
const FILE_OF_SERVICE: Readonly<Record<string, string>> = {
  tag: `${CLOUD_SERVICES}/tag/tags.ts`,
  sts: `${CLOUD_SERVICES}/sts/actions.ts`,
  cam: `${CLOUD_SERVICES}/cam/role/view.ts`,
  vpc: `${CLOUD_SERVICES}/vpc/subnet/view.ts`,
  cvm: `${CLOUD_SERVICES}/cvm/instance/view.ts`,
  cbs: `${CLOUD_SERVICES}/cbs/disk/describe.ts`,
  tat: `${CLOUD_SERVICES}/tat/agent/describe.ts`,
};
const pairsOfServices = Object.entries(FILE_OF_SERVICE).flatMap(([name, file]) =>
  Object.keys(FILE_OF_SERVICE)
    .filter((other) => other !== name)
    .map((other) => ({ name, file, other, stands: SERVICES[name]?.includes(other) === true })),
);
/** How a file in the folder of services names another one. */
const fromService = (file: string, path: string) =>
  `${"../".repeat(file.slice(CLOUD_SERVICES.length).split("/").length - 2)}${path}`;

test("the services that the local cloud has are those of the rule", () => {
  const entries = readdirSync(join(ROOT, CLOUD_SERVICES), { withFileTypes: true });
  const services = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(services.toSorted()).toEqual(Object.keys(SERVICES).toSorted());
  expect(Object.keys(FILE_OF_SERVICE).toSorted()).toEqual(services.toSorted());
});

test.each(pairsOfServices.filter(({ stands }) => stands))(
  "the local cloud's $name stands on $other, of which it may import the index.ts only",
  async ({ file, other }) => {
    expect(await findings(file, fromService(file, `${other}/index.ts`))).toEqual([]);
    expect(await findings(file, fromService(file, `${other}/state.ts`))).toHaveLength(1);
    const inside = (FILE_OF_SERVICE[other] ?? "").slice(CLOUD_SERVICES.length + 1);
    expect(await findings(file, fromService(file, inside))).toHaveLength(1);
  },
);

test.each(pairsOfServices.filter(({ stands }) => !stands))(
  "the local cloud's $name may import nothing of $other",
  async ({ file, other }) => {
    expect(await findings(file, fromService(file, `${other}/index.ts`))).toHaveLength(1);
  },
);

test.each([
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../../state.ts"],
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../../index.ts"],
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../../../seed.ts"],
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../../../http/listener.ts"],
  [`${CLOUD_SERVICES}/core.ts`, "./state.ts"],
  [`${CLOUD_SERVICES}/core.ts`, "./tag/index.ts"],
  [`${CLOUD}/engine/tasks.ts`, "../services/core.ts"],
  [`${CLOUD}/api/query.ts`, "../http/listener.ts"],
  [`${CLOUD}/seed.ts`, "./services/vpc/subnet/create.ts"],
  [`${CLOUD}/http/metadata.ts`, "../services/cvm/state.ts"],
  [`${CLOUD_SERVICES}/state.ts`, "./tag/state.ts"],
])("in the local cloud %s may not import %s, which is above it or inside a service", async (file, specifier) => {
  expect(await findings(file, specifier)).toHaveLength(1);
});

test.each([
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../../store.ts"],
  [`${CLOUD_SERVICES}/vpc/subnet/view.ts`, "../state.ts"],
  [`${CLOUD_SERVICES}/core.ts`, "../engine/tasks.ts"],
  [`${CLOUD_SERVICES}/state.ts`, "./vpc/index.ts"],
  [`${CLOUD}/seed.ts`, "./services/state.ts"],
])("in the local cloud %s may import %s", async (file, specifier) => {
  expect(await findings(file, specifier)).toEqual([]);
});

test.each([
  ["constructs/props/validation.ts", "./contract"],
  ["constructs/provider.ts", "@cdktf/provider-tencentcloud/lib/eip"],
  ["constructs/render/ipv4.ts", "node:zlib"],
  ["constructs/contract.ts", "../packages/pairctl/src/contract/index.ts"],
  ["constructs/assets.ts", "node:fs"],
  ["constructs/props/nearest.ts", "fastest-levenshtein"],
  ["constructs/testing/vitest.mts", "vitest"],
  ["constructs/testing/synthesized.ts", "../contract"],
  ["packages/deployment/src/command.ts", "local-cloud"],
  ["settings/load.ts", "../constructs"],
  [`${PAIRCTL}/bundle.ts`, "./contract/index.ts"],
  [`${PAIRCTL}/bundle.ts`, "crypto"],
  ["packages/rehearsal/src/run/inside.ts", "pairctl/contract"],
  ["packages/rehearsal/src/run/inside.ts", "local-cloud"],
  // The root has another version of it, so that npm installs this one into the package's own folder.
  ["packages/rehearsal/src/run/inside.ts", "cli-truncate"],
])("%s may import %s", async (file, specifier) => {
  expect(await findings(file, specifier)).toEqual([]);
});

test.each([
  ["constructs/render/ipv4.ts", "export const now = Date.now();"],
  ["constructs/render/ipv4.ts", "export const now = new Date();"],
  ["constructs/render/ipv4.ts", "export const some = Math.random();"],
  ["constructs/render/ipv4.ts", 'export const home = process.env["HOME"];'],
  [`${PAIRCTL}/contract/actions.ts`, "export const now = Date.now();"],
])("%s depends on its arguments only: %s is refused", async (file, text) => {
  expect(await findingsIn(file, `${text}\n`)).toEqual([expect.stringContaining("see tools/lint/boundaries.mjs")]);
});

test("an import cycle is found", async () => {
  // The file that it stands for is imported by the other one.
  const code = 'export * from "./load";\n';
  const [result] = await linter(["import-x/no-cycle"]).lintText(code, { filePath: join(ROOT, "settings/problems.ts") });
  expect(result?.messages).toContainEqual(expect.objectContaining({ ruleId: "import-x/no-cycle" }));
});
