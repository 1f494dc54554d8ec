// Writes schema/<name>@<version>.json anew from the real provider, for the resources that provider.json lists.
// It needs `terraform` and, through it, the provider: the Terraform registry or a mirror in the CLI configuration.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const provider = JSON.parse(readFileSync(join(here, "provider.json"), "utf8"));
const address = `registry.terraform.io/${provider.source}`;
const folder = mkdtempSync(join(tmpdir(), "refresh-schema-"));

try {
  const required = { [provider.name]: { source: provider.source, version: provider.version } };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  terraform("init", "-no-color", "-input=false");
  const whole = JSON.parse(terraform("providers", "schema", "-json")).provider_schemas[address];
  const schema = {
    format_version: "1.0",
    provider_versions: { [address]: provider.version },
    provider_schemas: {
      [address]: {
        provider: whole.provider,
        resource_schemas: pick(whole.resource_schemas, provider.resources),
        data_source_schemas: pick(whole.data_source_schemas, provider.dataSources),
      },
    },
  };
  const file = join(here, "schema", `${provider.name}@${provider.version}.json`);
  writeFileSync(file, `${JSON.stringify(withoutProse(schema), null, 1)}\n`);
  console.log(`wrote ${file}; run 'npm run build' to generate the bindings anew`);
} finally {
  rmSync(folder, { recursive: true });
}

function terraform(...args) {
  try {
    return execFileSync("terraform", args, {
      cwd: folder,
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
  } catch (error) {
    console.error(
      `terraform ${args[0]} failed; it must be on the PATH and find ${provider.source} ${provider.version}`,
    );
    console.error(error.stderr || error.message);
    process.exit(1);
  }
}

function pick(schemas, names) {
  const missing = names.map((name) => `${provider.name}_${name}`).filter((name) => !(name in schemas));
  if (missing.length > 0) throw new Error(`the provider has no ${missing.join(", ")}: correct provider.json`);
  return Object.fromEntries(names.map((name) => [`${provider.name}_${name}`, schemas[`${provider.name}_${name}`]]));
}

/** Leaves out the descriptions, which are the provider's prose. An attribute that is itself named so stays. */
function withoutProse(node) {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (typeof node !== "object" || node === null) return node;
  const prose = new Set(["description", "description_kind"]);
  return Object.fromEntries(
    Object.keys(node)
      .sort()
      .filter((key) => !(prose.has(key) && typeof node[key] === "string"))
      .map((key) => [key, withoutProse(node[key])]),
  );
}
