import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { nodeHost } from "../../src/node/real-host.ts";

/** From one look at the cloud to the next, in ms, with adverts each second; and some more, since Node.js's own limit is 5 s. */
const BETWEEN_LOOKS_MS = 6000;

test("one look at the cloud finds the connection of the one before", async () => {
  let connections = 0;
  const server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => response.end("{}"));
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    for (let look = 0; look < 3; look += 1) {
      if (look > 0) await sleep(BETWEEN_LOOKS_MS);
      expect(await nodeHost().request(url, { method: "GET", timeoutMs: 1000 })).toMatchObject({ status: 200 });
    }
    expect(connections).toBe(1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
