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
  "InstanceIds",
  "Limit",
  "Name",
  "NetworkInterfaceId",
  "Offset",
  "Placement",
  "PrivateIpAddress",
  "PrivateIpAddresses",
  "SecurityGroupPolicySet",
  "SourceNetworkInterfaceId",
  "SubnetId",
  "TaskId",
  "VirtualPrivateCloud",
  "VpcId",
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
    0.5,
    1e308,
    2 ** 53,
    "",
    "eni-aaaaaaaa",
    "eni-parking0",
    "vpc-11111111",
    "10.0.1.100",
    "\u0000",
    "ä".repeat(300),
    "x".repeat(5000),
    "%s",
  ];
  if (depth > 3 || random() < 0.5) return pick(scalars);
  const children = Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth + 1));
  if (random() < 0.5) return children;
  return Object.fromEntries(children.map((child) => [pick(["Name", "Values", ...NAMES]), child]));
}

test("every action answers parameters of any shape with the cloud's errors, and never with an internal one", async () => {
  const random = randomFrom(20_261_123);
  const codes = new Set<string>();
  for (const { service, action, version } of actions) {
    for (let round = 0; round < 20; round += 1) {
      // Few at a time: a parameter that an action does not know is refused before the others are looked at.
      const names = NAMES.filter(() => random() < 1.5 / NAMES.length);
      const body = Object.fromEntries(names.map((name) => [name, anything(random)]));
      const answer = await call(cloud, { key: rootKey, service, action, version, body });
      const called = `${action} ${JSON.stringify(body)}`;
      expect(answer.RequestId, called).toBeTypeOf("string");
      expect(answer.Error?.Code, called).not.toBe("InternalError");
      codes.add(answer.Error?.Code ?? "OK");
    }
  }
  expect(codes.size).toBeGreaterThan(5);
});

test.each(["{", "[]", "null", "7", '"text"', "\u0000", "{}{}", `${"[".repeat(50_000)}`])(
  "refuses the body %.20j",
  async (body) => {
    expect(await call(cloud, { key: rootKey, action: "DescribeHaVips", body })).toMatchObject({
      Error: { Code: "InvalidParameter" },
    });
  },
);

describe("a request with one byte changed", () => {
  const options: CallOptions = { key: rootKey, action: "DescribeHaVips", body: { Limit: 20 } };

  test("is refused in the cloud's own form where the byte is in a header", async () => {
    const random = randomFrom(7);
    const url = cloud.apiUrls[0] ?? "";
    for (let round = 0; round < 225; round += 1) {
      const { headers, body } = sign(url, options);
      const name = ["authorization", "x-tc-timestamp", "content-type"][round % 3] as string;
      const text = headers[name] ?? "";
      const at = Math.floor(random() * text.length);
      const other = String.fromCharCode(33 + Math.floor(random() * 90));
      const changed = text.slice(0, at) + (other === text[at] ? "~" : other) + text.slice(at + 1);
      if (changed.toLowerCase() === text.toLowerCase()) continue;
      const { status, text: answer } = await send(url, { headers: { ...headers, [name]: changed }, body });
      expect(status, changed).toBe(200);
      expect(JSON.parse(answer).Response.Error?.Code, `${name}: ${changed}`).toMatch(
        /^(AuthFailure|InvalidParameter|MissingParameter|NoSuch|InvalidAction)/,
      );
    }
  });

  test("is refused for its signature wherever in the body the byte is", async () => {
    const url = cloud.apiUrls[0] ?? "";
    const { headers, body } = sign(url, options);
    const bytes = Buffer.from(body);
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const { text } = await send(url, { headers, body: changed });
      expect(JSON.parse(text).Response.Error.Code).toBe("AuthFailure.SignatureFailure");
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
