import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { RULES } from "../../../src/plan/rules/index.ts";
import { VERDICTS } from "../../../src/plan/verdict.ts";
import { REPLACEMENTS, UPDATES } from "./changed-values.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..", "..");
const SCHEMA = join(ROOT, "packages/provider-tencentcloud/schema/tencentcloud@1.83.25.json");

interface Attribute {
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}
interface ResourceSchema {
  readonly block: {
    readonly attributes: Readonly<Record<string, Attribute>>;
    readonly block_types?: Readonly<Record<string, unknown>>;
  };
}

const schemas = Object.values(
  (
    JSON.parse(readFileSync(SCHEMA, "utf8")) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, ResourceSchema> }>;
    }
  ).provider_schemas,
)[0]?.resource_schemas as Readonly<Record<string, ResourceSchema>>;

/** The resources that the constructs are made of: what constructs/provider.ts exports, in the provider's spelling. */
const ours = [...readFileSync(join(ROOT, "constructs/provider.ts"), "utf8").matchAll(/lib\/([a-z-]+)"/g)]
  .map(([, name = ""]) => `tencentcloud_${name.replaceAll("-", "_")}`)
  .filter((type) => type in schemas);

/** Arguments of Terraform's own about how long it waits: they are in no plan. */
const NOT_IN_PLANS = ["timeouts"];

test("there are rules for every resource that the constructs are made of", () => {
  expect(ours.length).toBeGreaterThan(10);
  expect(Object.keys(RULES)).toEqual(expect.arrayContaining(ours));
  const known = Object.keys(RULES).filter((type) => type !== "terraform_data");
  expect([...ours].sort()).toEqual(known.sort());
});

describe.each(ours)("%s", (type) => {
  const { attributes, block_types: blocks = {} } = (schemas[type] as ResourceSchema).block;
  const rows = RULES[type]?.attributes ?? {};
  const isComputed = ({ required, optional, computed }: Attribute) => computed === true && !required && !optional;

  test("has a row for every attribute and block of the provider's schema, and no other", () => {
    const names = [...Object.keys(attributes), ...Object.keys(blocks)].filter((name) => !NOT_IN_PLANS.includes(name));
    expect(Object.keys(rows).sort()).toEqual(names.sort());
  });

  test("calls computed just what the configuration cannot set", () => {
    const computed = Object.entries(attributes).filter(([name, each]) => isComputed(each) || name === "id");
    const called = Object.entries(rows).filter(([, rule]) => rule === "computed");
    expect(called.map(([name]) => name).sort()).toEqual(computed.map(([name]) => name).sort());
  });

  test("has every row that the configuration can set tried with the real provider", () => {
    const tried = [...UPDATES, ...REPLACEMENTS].flatMap((values) => Object.keys(values[type] ?? {}));
    const settable = Object.entries(rows).filter(([, rule]) => rule !== "computed");
    expect([...new Set(tried)].sort()).toEqual(settable.map(([name]) => name).sort());
  });
});

interface ProviderUpdates {
  readonly calls: Readonly<Record<string, readonly { readonly action: string; readonly body: object }[]>>;
  readonly replaced: readonly string[];
  readonly withoutCall: readonly string[];
}
const updates = JSON.parse(
  readFileSync(join(ROOT, "packages/local-cloud/test/provider-updates/tencentcloud_instance.json"), "utf8"),
) as ProviderUpdates;

/** Calls that stop or restart the instance, or need it stopped (CVM API). */
const STOPPING = [
  "cvm:ResetInstance",
  "cvm:ResetInstancesType",
  "cvm:ResizeInstanceDisks",
  "cvm:ModifyInstancesVpcAttribute",
];

describe("what the provider calls for an argument of an instance", () => {
  const rows = RULES["tencentcloud_instance"]?.attributes ?? {};
  const verdictOf = (name: string) => {
    const rule = rows[name];
    if (typeof rule === "string" || rule === undefined) return rule;
    if (typeof rule !== "function") return rule.verdict;
    const change = { name, before: "a", after: "b", isUnknown: false, isSecret: false, replaces: false };
    const resource = {
      address: "",
      type: "tencentcloud_instance",
      action: "update",
      before: {},
      after: {},
      attributes: [],
    };
    return rule(change, { resource, pair: { nodes: [] }, plan: {} } as unknown as Parameters<typeof rule>[1]).verdict;
  };
  const stopping = Object.entries(updates.calls).filter(([name, calls]) =>
    calls.some(({ action, body }) => STOPPING.includes(action) || "ForceStop" in body || name === "hostname"),
  );

  test.each(stopping.map(([name]) => name))("is nothing that passes unnoticed where it stops the node: %s", (name) => {
    const verdict = verdictOf(name);
    expect(["node-restarts", "half-done"]).toContain(verdict);
  });

  test.each(updates.replaced)("replaces the node for %s", (name) => {
    expect(verdictOf(name)).toBe("replaces");
  });

  test.each(updates.withoutCall)("is no call, and no outage, for %s", (name) => {
    expect(verdictOf(name)).toBe("nothing");
  });

  test("is one of the table's for every argument", () => {
    for (const name of Object.keys(updates.calls)) expect(VERDICTS).toHaveProperty(String(verdictOf(name)));
  });
});
