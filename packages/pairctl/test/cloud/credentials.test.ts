import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Credentials, credentialsOf } from "../../src/cloud/credentials.ts";
import type { Host, HttpRequest } from "../../src/node/host.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const NOW = 1_700_000_000;
const fresh = { Code: "Success", TmpSecretId: "id", TmpSecretKey: "key", Token: "fresh", ExpiredTime: NOW + 3600 };
const SETTINGS = { metadataEndpoint: "http://metadata.tencentyun.com", roleName: "pair-hook" };

let folder: string;
let asked: [string, HttpRequest][];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  mkdirSync(join(folder, "run"));
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, "run/pairctl.credentials");
const keep = (kept: object | string) => writeFileSync(file(), typeof kept === "string" ? kept : JSON.stringify(kept));

/** Asks for credentials on a node whose files are real, and whose metadata service gives an answer. */
function credentials(body: string, refused = "", overrides: Partial<Host> = {}): Promise<Credentials> {
  const request: Host["request"] = async (url, question) => {
    asked.push([url, question]);
    return { status: 200, body };
  };
  const host = { ...nodeHost(folder), now: () => NOW * 1000, request, ...overrides };
  return credentialsOf(host, SETTINGS, refused);
}

test("are asked of the metadata service by the role's name, for a second at most, and kept for root alone", async () => {
  expect(await credentials(JSON.stringify(fresh))).toEqual(fresh);
  const url = "http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/pair-hook";
  expect(asked).toEqual([[url, { method: "GET", timeoutMs: 1000 }]]);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(await credentials("")).toEqual(fresh);
  expect(asked).toHaveLength(1);
});

test.each([
  [61, "kept"],
  [60, "fresh"],
  [0, "fresh"],
  [-3600, "fresh"],
])("that expire in %d s: the ones that are used are %s", async (seconds, used) => {
  keep({ ...fresh, Token: "kept", ExpiredTime: NOW + seconds });
  expect((await credentials(JSON.stringify(fresh))).Token).toBe(used);
});

test("that were refused are not used again, others are", async () => {
  const kept = { ...fresh, Token: "kept" };
  keep(kept);
  expect((await credentials(JSON.stringify(fresh), JSON.stringify({ ...kept, Token: "another" }))).Token).toBe("kept");
  expect((await credentials(JSON.stringify(fresh), JSON.stringify(kept))).Token).toBe("fresh");
  expect((await credentials("", JSON.stringify(kept))).Token).toBe("fresh");
});

test("that were refused with a damaged key are asked for once: the same token with the right key is kept", async () => {
  const damaged = { ...fresh, TmpSecretKey: "damaged" };
  keep(damaged);
  for (let call = 0; call < 3; call += 1) {
    expect((await credentials(JSON.stringify(fresh), JSON.stringify(damaged))).TmpSecretKey).toBe("key");
  }
  expect(asked).toHaveLength(1);
});

test("that come fresh are used although they seem to have expired: the node's clock may be wrong", async () => {
  const expired = JSON.stringify({ ...fresh, ExpiredTime: NOW - 3600 });
  expect((await credentials(expired)).Token).toBe("fresh");
  expect((await credentials(expired)).Token).toBe("fresh");
  expect(asked).toHaveLength(2);
});

test.each([
  ["nothing", ""],
  ["garbage", "\0\x01garbage"],
  ["half of it", JSON.stringify(fresh).slice(0, 40)],
  ["null", "null"],
  ["no token", { ...fresh, Token: "" }],
  ["no key", { ...fresh, TmpSecretKey: undefined }],
  ["no time", { ...fresh, ExpiredTime: undefined }],
  ["a token that no header takes, since a byte of it is damaged,", { ...fresh, Token: "\uFFFDoken" }],
  ["a token with a line's end, which no header takes,", { ...fresh, Token: "to\nken" }],
  ["a token with a separator, which no header takes,", { ...fresh, Token: "to\u2028ken" }],
  ["an id that no header takes, since a byte of it is damaged,", { ...fresh, TmpSecretId: "\uFFFDd" }],
])("are asked for again where %s is kept", async (_, kept) => {
  keep(kept);
  expect((await credentials(JSON.stringify(fresh))).Token).toBe("fresh");
  expect(asked).toHaveLength(1);
});

test.each([
  ["nothing", ""],
  ["a page of HTML", "<html>please log in</html>"],
  ["a page about a missing role", '<?xml version="1.0"?><title>404 - Not Found</title>'],
  ["a failure in JSON", '{"Code":"Failed"}'],
  ["a list", "[]"],
])("that come as %s are none, and are not kept", async (_, body) => {
  await expect(credentials(body)).rejects.toMatchObject({
    code: "Metadata",
    message: "metadata cam/security-credentials/pair-hook: status 200, no credentials",
  });
  expect(nodeHost().readFile(file())).toBeUndefined();
});

test("that do not come in time are none, and the reason is said", async () => {
  const request = () => Promise.reject(new Error("timed out"));
  await expect(credentials("", "", { request })).rejects.toThrow("status timed out, no credentials");
});

test("are used where they cannot be kept", async () => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "a file in the folder's place");
  expect((await credentials(JSON.stringify(fresh))).Token).toBe("fresh");
});
