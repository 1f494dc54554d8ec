import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { actions } from "../../src/services/index.ts";
import { call, type CallOptions, send, sign } from "../support/client.ts";
import { asRoot, rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startPair({ taskMs: 1 });
});
afterAll(() => cloud.stop());

/** Numbers from 0 up to below 1 that are the same in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const NAMES = [
  "AddressId",
  "AddressIds",
  "Filters",
  "HaVipId",
  "Limit",
  "NetworkInterfaceId",
  "PrivateIpAddress",
  "PrivateIpAddresses",
  "SourceNetworkInterfaceId",
  "TaskId",
  "__proto__",
  "constructor",
];

/** A value of any kind and shape, with what is likely to hurt. */
function anything(random: () => number, depth = 0): unknown {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const scalars = [
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    "",
    "eni-aaaaaaaa",
    "10.0.1.100",
    "\u0000",
    "ä".repeat(300),
    "%s",
  ];
  if (depth > 3 || random() < 0.5) return pick(scalars);
  const children = Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth + 1));
  if (random() < 0.5) return children;
  return Object.fromEntries(children.map((child) => [pick(["Name", "Values", ...NAMES]), child]));
}

test("signed calls with parameters of any shape get the cloud's errors, and never an internal one", async () => {
  const random = randomFrom(20_261_123);
  const internal: unknown[] = [];
  const codes = new Set<string>();
  for (let round = 0; round < 1500; round += 1) {
    const { service, action, version } = actions[Math.floor(random() * actions.length)] as (typeof actions)[number];
    const entries = NAMES.filter(() => random() < 0.3).map((name) => [name, anything(random)] as const);
    const body = Object.fromEntries(entries);
    const { Error: error } = await call(cloud, { key: rootKey, service, action, version, body });
    codes.add(error?.Code ?? "OK");
    if (error?.Code === "InternalError") internal.push({ action, entries });
  }
  expect(internal).toEqual([]);
  expect(codes.size).toBeGreaterThan(3);
});

describe("a request with one byte changed", () => {
  test("is refused in the cloud's own form", async () => {
    const random = randomFrom(7);
    const url = cloud.apiUrls[0] ?? "";
    for (let round = 0; round < 300; round += 1) {
      const options: CallOptions = { key: rootKey, action: "DescribeHaVips", body: { Limit: 20 } };
      const { headers, body } = sign(url, options);
      const name = ["authorization", "x-tc-timestamp", "content-type", "body"][round % 4] as string;
      const text = name === "body" ? body : (headers[name] ?? "");
      const at = Math.floor(random() * text.length);
      const other = String.fromCharCode(33 + Math.floor(random() * 90));
      const changed = text.slice(0, at) + (other === text[at] ? "~" : other) + text.slice(at + 1);
      if (changed.toLowerCase() === text.toLowerCase()) continue;
      const request = name === "body" ? { headers, body: changed } : { headers: { ...headers, [name]: changed }, body };
      const { status, text: answer } = await send(url, request);
      expect(status, changed).toBe(200);
      expect(JSON.parse(answer).Response.Error?.Code, `${name}: ${changed}`).toMatch(
        /^(AuthFailure|InvalidParameter|MissingParameter|NoSuch|InvalidAction)/,
      );
    }
  });
});

test("bytes that are no HTTP end the connection and nothing else", async () => {
  const random = randomFrom(99);
  const { hostname, port } = new URL(cloud.apiUrls[0] ?? "");
  for (let round = 0; round < 60; round += 1) {
    const bytes = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 400) }, () => Math.floor(random() * 256)));
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end(bytes));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
      socket.resume();
    });
  }
  expect((await asRoot(cloud, "DescribeHaVips", {})).TotalCount).toBe(1);
});
