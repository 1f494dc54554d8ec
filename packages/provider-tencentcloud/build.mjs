// Generates the bindings with cdktf's own generator from the schema beside this file: no network, no provider.
// schema/ → (cdktf get) → src/ → (tsc) → lib/, with the import paths of the prebuilt family: `lib/ha-vip`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const provider = JSON.parse(readFileSync(join(here, "provider.json"), "utf8"));
const schemaFile = join(here, "schema", `${provider.name}@${provider.version}.json`);
const stampFile = join(here, "lib", ".built-from");

if (!existsSync(schemaFile)) {
  console.error(
    `provider-tencentcloud: ${schemaFile} is missing; write it with: npm run refresh-schema -w @cdktf/provider-tencentcloud`,
  );
  process.exit(1);
}

const cdktfVersion = require("cdktf/package.json").version;
const inputs = [schemaFile, join(here, "provider.json"), join(here, "tsconfig.json"), fileURLToPath(import.meta.url)];
const stamp = createHash("sha256").update(cdktfVersion);
for (const file of inputs) stamp.update(readFileSync(file));
const wanted = stamp.digest("hex");
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) {
  console.log("provider-tencentcloud: the bindings are up to date");
  process.exit(0);
}

for (const folder of ["src", "lib"]) rmSync(join(here, folder), { recursive: true, force: true });
mkdirSync(join(here, "src"));
writeFileSync(
  join(here, "src", "cdktf.json"),
  JSON.stringify({
    language: "typescript",
    app: "true",
    projectId: provider.name,
    sendCrashReports: "false",
    codeMakerOutput: ".",
    terraformProviders: [{ name: provider.name, source: provider.source, version: provider.version }],
  }),
);

// `cdktf-cli` and `typescript` are resolved from here, so that the build works whatever the working directory is.
const cdktf = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
run("cdktf get", cdktf, ["get", "--log-level", "off"], join(here, "src"), {
  CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH: join(here, "schema"),
  CHECKPOINT_DISABLE: "1",
  // The CLI would make ~/.terraform.d for it, also where nothing is downloaded.
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  CI: "true",
});
run("tsc", tsc, ["--project", here], here, {});
writeFileSync(stampFile, wanted);
console.log(
  `provider-tencentcloud: generated ${provider.resources.length} resources and ${provider.dataSources.length} data sources`,
);

function run(what, script, args, cwd, env) {
  try {
    execFileSync(process.execPath, [script, ...args], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
  } catch (error) {
    console.error(
      `provider-tencentcloud: ${what} failed\n${error.stdout ?? ""}${error.stderr ?? ""}${error.stdout ? "" : error.message}`,
    );
    process.exit(1);
  }
}
