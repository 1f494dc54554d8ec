import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actions } from "../src/services/index.ts";
import { provocations, World } from "./provocations/index.ts";

/** What the official SDK documents of one service. */
interface DocumentedCodes {
  /** Where the codes are listed. */
  readonly source: string;
  /** The SDK's version. */
  readonly version: string;
  /** The error codes of each action that the local cloud has. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

/** Why no request is answered with these codes here unless a fault injects them, and by which actions that is. */
interface NotReachable {
  readonly reason: string;
  /** The actions that the code is documented for, each as `<service>:<Action>`. */
  readonly codes: Readonly<Record<string, readonly string[]>>;
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
const pairs = [...documented].flatMap(([service, { actions: recorded }]) =>
  Object.entries(recorded).flatMap(([action, codes]) => codes.map((code) => `${service}:${action} ${code}`)),
);
const notReachable = (read("not-reachable.json") as NotReachable[]).flatMap(({ codes }) =>
  Object.entries(codes).flatMap(([code, operations]) => operations.map((operation) => `${operation} ${code}`)),
);
const provoked = Object.entries(provocations).flatMap(([operation, byCode]) =>
  Object.keys(byCode).map((code) => `${operation} ${code}`),
);

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

test.each(Object.entries(provocations).filter(([, byCode]) => Object.keys(byCode).length > 0))(
  "%s answers each of its codes, to a request that provokes it",
  async (operation, byCode) => {
    const answered: Record<string, unknown> = {};
    await using shared = await World.start();
    for (const [code, provocation] of Object.entries(byCode)) {
      // What is refused changes nothing, so that only what is done before needs a cloud of its own.
      await using own = typeof provocation === "function" ? await World.start() : undefined;
      const world = own ?? shared;
      const body = typeof provocation === "function" ? await provocation(world) : provocation;
      const { Error: error } = await world.ask(operation, body);
      answered[code] = error?.Code ?? "no error";
    }
    expect(answered).toEqual(Object.fromEntries(Object.keys(byCode).map((code) => [code, code])));
  },
);

test("every documented code of every action is provoked by a request, or listed with the reason why it cannot be", () => {
  const seen = new Set([...provoked, ...notReachable]);
  expect(pairs.filter((each) => !seen.has(each))).toEqual([]);
});

test("what is provoked is documented for that action", () => {
  expect(provoked.filter((each) => !pairs.includes(each))).toEqual([]);
});

test("the list of what cannot be provoked is up to date: documented, not provoked, and there once", () => {
  const isProvoked = new Set(provoked);
  expect(notReachable.filter((each) => !pairs.includes(each))).toEqual([]);
  expect(notReachable.filter((each) => isProvoked.has(each))).toEqual([]);
  expect(notReachable.filter((each, index) => notReachable.indexOf(each) < index)).toEqual([]);
});
