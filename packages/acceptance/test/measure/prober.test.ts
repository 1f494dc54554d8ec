import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Prober } from "../../src/measure/prober.ts";

test.each([
  ["on this machine", []],
  ["through another program", ["env", "LANG=C"]],
])("the prober collects the answers of a server, run %s", async (_how, through) => {
  const server = createServer((socket) => socket.end("web-primary\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  using prober = new Prober("127.0.0.1", (server.address() as AddressInfo).port, through);
  await expect.poll(() => prober.answers.length).toBeGreaterThan(1);
  expect(prober.answers[0]).toMatchObject({ node: "web-primary" });
  server.close();
});
