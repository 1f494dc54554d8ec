import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const PACKAGE = join(__dirname, "..", "packages", "provider-tencentcloud");
const provider = JSON.parse(readFileSync(join(PACKAGE, "provider.json"), "utf8"));
const schema = JSON.parse(readFileSync(join(PACKAGE, "schema", `${provider.name}@${provider.version}.json`), "utf8"))
  .provider_schemas[`registry.terraform.io/${provider.source}`];

test("the schema holds just the resources and data sources that provider.json lists", () => {
  const prefixed = (names: string[]) => names.map((name) => `${provider.name}_${name}`);
  expect(Object.keys(schema.resource_schemas).sort()).toEqual(prefixed(provider.resources));
  expect(Object.keys(schema.data_source_schemas).sort()).toEqual(prefixed(provider.dataSources));
});

test("each of them has its import path in the package", () => {
  const folders = readdirSync(join(PACKAGE, "lib"));
  const dashed = (name: string) => name.replaceAll("_", "-");
  for (const name of provider.resources) expect(folders).toContain(dashed(name));
  for (const name of provider.dataSources) expect(folders).toContain(`data-${provider.name}-${dashed(name)}`);
});

test("exactly one module of ours imports the bindings", () => {
  const root = join(__dirname, "..");
  const sources = ["constructs", "settings", "tools", "examples"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.m?ts$/.test(name))
      .map((name) => join(folder, name)),
  );
  const importers = ["main.ts", ...sources].filter((file) =>
    /\b(from|import|require)\b[ (]*["']@cdktf\/provider-/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(importers).toEqual([join("constructs", "provider.ts")]);
});
