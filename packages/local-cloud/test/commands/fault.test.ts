import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fault } from "../../src/commands/fault.ts";
import type { LocalCloud } from "../../src/index.ts";
import { asRoot, startPair } from "../support/pair.ts";
import { said } from "../support/terminal.ts";

let cloud: LocalCloud;
let port: string;
beforeEach(async () => {
  cloud = await startPair({ admin: true });
  ({ port } = new URL(cloud.apiUrls[0] ?? ""));
});
afterEach(() => cloud.stop());

const run = (...args: string[]) => said((terminal) => fault(args, terminal));

test("puts a fault in place, lists it, and takes it back", async () => {
  const { status } = await run("--port", port, "DescribeHaVips", "--code", "InternalError", "--count", "all");
  expect(status).toBe(0);
  expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ Error: { Code: "InternalError" } });
  expect((await run("--port", port)).stdout).toContain('"action": "DescribeHaVips"');
  expect((await run("--port", port, "--clear")).status).toBe(0);
  expect(cloud.faults.pending).toEqual([]);
});

test("ends an instance's credentials", async () => {
  const url = `${cloud.metadataUrl("ins-aaaaaaaa")}/latest/meta-data/cam/security-credentials/pair-hook`;
  const token = async () => ((await (await fetch(url)).json()) as { Token: string }).Token;
  const before = await token();
  expect((await run("--port", port, "--expire", "ins-aaaaaaaa")).status).toBe(0);
  expect(await token()).not.toBe(before);
});

test("says why a fault is refused, and how the command is used", async () => {
  const nothing = await run("--port", port, "DescribeHaVips");
  expect(nothing).toMatchObject({ status: 1, stderr: expect.stringContaining("a fault needs") });
  const wrong = await run("DescribeHaVips", "--drop");
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringMatching(/--port must be.*got ''[\s\S]*usage:/) });
  const nobody = await run("--port", "1", "DescribeHaVips", "--drop");
  expect(nobody).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("nothing answers at http://127.0.0.1:1/"),
  });
});

test("refuses a local cloud that takes no faults, and a server that is none", async () => {
  const closed = await startPair({ admin: false });
  try {
    const url = new URL(closed.apiUrls[0] ?? "");
    const answer = await run("--port", url.port, "DescribeHaVips", "--drop");
    expect(answer).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("takes no faults") });
  } finally {
    await closed.stop();
  }
  const other = createServer((_, response) => response.end("<html>hello</html>")).listen(0, "127.0.0.1");
  await once(other, "listening");
  try {
    const { port: itsPort } = other.address() as AddressInfo;
    const answer = await run("--port", String(itsPort));
    expect(answer).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("hello") });
  } finally {
    other.close();
  }
});
