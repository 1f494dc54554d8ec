import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { actions } from "../../src/services/index.ts";
import { call, send, sign } from "../support/client.ts";
import { asRoot, rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;
beforeAll(async () => (cloud = await startPair({ taskMs: 1 })));
afterAll(() => cloud.stop());

/** A generator of numbers below 1 that gives the same ones for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const names = ["VpcId", "SubnetId", "HaVipId", "InstanceIds", "Filters", "Limit", "Offset", "NetworkInterfaceId"];
const more = ["PrivateIpAddresses", "Placement", "VirtualPrivateCloud", "SecurityGroupPolicySet", "__proto__", "Name"];

function value(next: () => number, depth = 0): unknown {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const scalars = [
    null,
    true,
    -1,
    1e99,
    0.5,
    "",
    "\u0000",
    "x".repeat(5000),
    "eni-parking0",
    "10.0.1.100",
    "vpc-11111111",
  ];
  if (depth > 3 || next() < 0.5) return pick<unknown>(scalars);
  if (next() < 0.5) return Array.from({ length: Math.floor(next() * 4) }, () => value(next, depth + 1));
  return Object.fromEntries(
    Array.from({ length: Math.floor(next() * 5) }, () => [pick([...names, ...more]), value(next, depth + 1)]),
  );
}

test("every action answers every body with a response, never with an internal error", async () => {
  const next = random(1);
  for (const { service, version, action } of actions) {
    for (let round = 0; round < 10; round += 1) {
      const body = JSON.stringify(
        Object.fromEntries([...names, ...more].filter(() => next() < 0.3).map((name) => [name, value(next)])),
      );
      const answer = await call(cloud, { key: rootKey, service, version, action, body });
      expect(answer.RequestId, `${action} ${body}`).toBeTypeOf("string");
      expect(answer.Error?.Code, `${action} ${body}`).not.toBe("InternalError");
    }
  }
});

test.each(["{", "[]", "null", "7", '"text"', "\u0000", "{}{}", `${"[".repeat(50_000)}`])(
  "refuses the body %.20j",
  async (body) => {
    expect(await call(cloud, { key: rootKey, action: "DescribeHaVips", body })).toMatchObject({
      Error: { Code: "InvalidParameter" },
    });
  },
);

test("bytes that are no HTTP do not end the server", async () => {
  const { port } = new URL(cloud.apiUrls[0] ?? "");
  const next = random(2);
  for (let round = 0; round < 50; round += 1) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined).on("close", () => resolve());
      socket.end(Buffer.from(Array.from({ length: Math.floor(next() * 300) }, () => Math.floor(next() * 256))));
      socket.resume();
    });
  }
  expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ TotalCount: 1 });
});

test("a changed byte anywhere in a signed request is refused or changes nothing", async () => {
  const url = cloud.apiUrls[0] ?? "";
  const signed = sign(url, { key: rootKey, action: "DescribeHaVips", body: { Limit: 5 } });
  const bytes = Buffer.from(signed.body);
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    const { text } = await send(url, { headers: signed.headers, body: changed });
    expect(JSON.parse(text).Response.Error.Code).toBe("AuthFailure.SignatureFailure");
  }
});
