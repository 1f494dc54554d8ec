import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCredentials } from "../src/credentials.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pair-credentials-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = { secretId: "AKID1", secretKey: "secret" };

test.each(["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"])(
  "takes a key of the environment, with a token in %s",
  (name) => {
    const env = { TENCENTCLOUD_SECRET_ID: "AKID1", TENCENTCLOUD_SECRET_KEY: "secret" };
    expect(findCredentials(env)).toEqual(key);
    expect(findCredentials({ ...env, [name]: "token" })).toEqual({ ...key, token: "token" });
  },
);

test("takes a profile of the cloud's command line, as Terraform's provider does", () => {
  writeFileSync(join(folder, "ops.credential"), JSON.stringify({ ...key, token: "" }));
  const env = { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: folder, TENCENTCLOUD_PROFILE: "ops" };
  expect(findCredentials(env)).toEqual(key);
});

test("refuses half a key, and names the other half", () => {
  expect(() => findCredentials({ TENCENTCLOUD_SECRET_ID: "AKID1" })).toThrow(/^TENCENTCLOUD_SECRET_KEY is not set/);
  expect(() => findCredentials({ TENCENTCLOUD_SECRET_KEY: "secret" })).toThrow(/^TENCENTCLOUD_SECRET_ID is not set/);
});

test("refuses a profile that cannot be read, without showing what is in it", () => {
  const env = { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: folder };
  expect(() => findCredentials(env)).toThrow(`which writes ${join(folder, "default.credential")}`);
  for (const text of ["secretKey=hidden", "null", '{"secretKey":"hidden"}']) {
    writeFileSync(join(folder, "default.credential"), text);
    expect(() => findCredentials(env)).toThrow(/^(?!.*hidden).*must be JSON with secretId and secretKey/);
  }
});
