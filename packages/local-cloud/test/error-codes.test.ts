import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actions } from "../src/services/index.ts";

/** What the official SDK documents of one service. */
interface DocumentedCodes {
  /** Where the codes are listed. */
  readonly source: string;
  /** The SDK's version. */
  readonly version: string;
  /** The error codes of each action that the local cloud has. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

/** Documented codes that no call is answered with here unless a fault injects them, and why. */
interface NotReachable {
  readonly reason: string;
  readonly codes: readonly string[];
}

const text = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
const source = text(join(import.meta.dirname, "../src"));

const folder = join(import.meta.dirname, "documented-codes");
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const services = [...new Set(actions.map(({ service }) => service))];
const documented = new Map(services.map((service) => [service, read(`${service}.json`) as DocumentedCodes]));
const notReachable = (read("not-reachable.json") as NotReachable[]).flatMap(({ codes }) => codes);

const isReachable = (code: string) => source.includes(`"${code}"`);

test("every error code that the source names is in a test", () => {
  const codes = source.matchAll(/"((?:[A-Z][A-Za-z]+)(?:\.[A-Z][A-Za-z]+)+)"|CloudError\(\s*"(\w+)"/g);
  const named = [...new Set([...codes].map(([, dotted, plain]) => dotted ?? plain ?? ""))].sort();
  const tests = text(import.meta.dirname);
  expect(named.length).toBeGreaterThan(90);
  expect(named.filter((each) => !tests.includes(each))).toEqual([]);
});

test("no error code is put together from pieces, so that the source names each of them whole", () => {
  expect(source.match(/CloudError\(\s*`|`[A-Z][A-Za-z]+\.[A-Za-z]*\$\{/g)).toBeNull();
});

test("the documented codes of every action are recorded, and of no other", () => {
  for (const [service, { actions: recorded }] of documented) {
    const ours = actions.filter((each) => each.service === service).map(({ action }) => action);
    expect(Object.keys(recorded).sort(), service).toEqual(ours.sort());
    for (const codes of Object.values(recorded)) expect(codes.length).toBeGreaterThan(0);
  }
});

test("every documented code of every action is answered here, or listed with the reason why not", () => {
  const left = [...documented].flatMap(([service, { actions: recorded }]) =>
    Object.entries(recorded).flatMap(([action, codes]) =>
      codes
        .filter((code) => !isReachable(code) && !notReachable.includes(code))
        .map((code) => `${service}:${action} ${code}`),
    ),
  );
  expect(left).toEqual([]);
});

test("the list of codes that are not answered here is up to date: each is documented, not answered, and there once", () => {
  const all = new Set([...documented.values()].flatMap(({ actions: recorded }) => Object.values(recorded).flat()));
  expect(notReachable.filter((code) => !all.has(code))).toEqual([]);
  expect(notReachable.filter(isReachable)).toEqual([]);
  expect(notReachable.filter((code, index) => notReachable.indexOf(code) < index)).toEqual([]);
});
