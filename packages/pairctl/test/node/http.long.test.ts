import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { nodeHost } from "../../src/node/real-host.ts";

/** From one look at the cloud to the next, in ms, with adverts each second; and some more, since Node.js's own limit is 5 s. */
const BETWEEN_LOOKS_MS = 6000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A key and a certificate that nobody has signed. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  execFileSync("openssl", [...args.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** Lets a server listen, which keeps connections for a minute; returns its port, and how often it was connected to. */
async function listen(server: Server): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  server.keepAliveTimeout = 60_000;
  server.on("connection", () => (count += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, connections: () => count };
}

test("one look at the cloud finds the connection of the one before, by https as by http", async () => {
  const servers = [
    createServer((_request, response) => response.end("{}")),
    createSecureServer(selfSigned(), (_request, response) => response.end("{}")),
  ] as const;
  try {
    const [http, https] = [await listen(servers[0]), await listen(servers[1])];
    for (let look = 0; look < 3; look += 1) {
      if (look > 0) await sleep(BETWEEN_LOOKS_MS);
      for (const url of [`http://127.0.0.1:${http.port}/`, `https://127.0.0.1:${https.port}/`]) {
        expect(await nodeHost().request(url, { method: "GET", timeoutMs: 60_000 })).toMatchObject({ status: 200 });
      }
    }
    expect([http.connections(), https.connections()]).toEqual([1, 1]);
  } finally {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  }
});
