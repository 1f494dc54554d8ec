import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acceptance } from "../src/command.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acceptance-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

async function command(...args: string[]) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  return { status: await acceptance(args, { log: say, error: say }), text: said.join("\n") };
}

test("refuses a wrong command line with what is wrong, and how it is used", async () => {
  const { status, text } = await command("--region", "ap-singapore");
  expect(status).toBe(2);
  expect(text).toMatch(/--mechanism must be one of[^]*usage:/);
});

test("refuses to begin without a key, and leaves nothing behind", async () => {
  vi.stubEnv("TENCENTCLOUD_SECRET_ID", "");
  const { status, text } = await command("--region", "ap-singapore", "--mechanism", "havip", "--folder", folder);
  expect({ status, text }).toEqual({ status: 2, text: expect.stringContaining("TENCENTCLOUD_SECRET_ID") });
  expect(readdirSync(folder)).toEqual([]);
});
