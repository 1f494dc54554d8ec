import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ACCEPTANCE_ACTIONS } from "../../acceptance/src/cloud/actions.ts";
import { PAIR_ACTIONS } from "../../operator/src/cloud/actions.ts";
import { camActionsOf } from "../src/actions.ts";

/** The calls in the source of packages, as `service:Action`. */
function callsOf(...packages: readonly string[]): string[] {
  const calls = packages.flatMap((name) => {
    const folder = join(import.meta.dirname, "../..", name, "src");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const source = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    return [...source.matchAll(/\.call\(\s*"(\w+)",\s*"(\w+)"/g)].map(([, service, action]) => `${service}:${action}`);
  });
  return [...new Set(calls)].sort();
}

const inWordsOfTheApi = (actions: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(actions)
    .flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
    .sort();

// That nothing else is called, the compiler sees to.
test.each([
  ["the command 'pair'", "operator", PAIR_ACTIONS],
  ["the acceptance", "acceptance", ACCEPTANCE_ACTIONS],
])("the policy of %s allows nothing that it does not call", (_, name, actions) => {
  expect(inWordsOfTheApi(actions)).toEqual(callsOf(name, "cloud-client"));
  expect(camActionsOf(actions)).toHaveLength(inWordsOfTheApi(actions).length);
});
