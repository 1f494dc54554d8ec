import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { serve as serveWords } from "../../src/node/http.ts";
import { nodeHost } from "../../src/node/real-host.ts";

const folder = mkdtempSync(join(tmpdir(), "pairctl-test-"));
const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(() => {
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  execFileSync("openssl", [...args.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  // Those of whoever runs the tests.
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** Listens on any free port, which it returns. */
async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const serve = async (listener: RequestListener) => `http://127.0.0.1:${await listen(createServer(listener))}/`;

async function serveSecurely(): Promise<number> {
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  const tls = { key: readFileSync(key), cert: readFileSync(cert) };
  return listen(createSecureServer(tls, (_request, response) => response.end("secret answer")));
}

/** A proxy that opens a tunnel, or says a status instead; it notes what it was asked for, and by whom. */
async function startProxy(status = 200): Promise<{ port: number; asked: string[]; clients: Socket[] }> {
  const asked: string[] = [];
  const clients: Socket[] = [];
  const proxy = createServer((_request, response) => response.end("a proxy's own page"));
  proxy.on("connect", ({ url = "" }, client: Socket) => {
    asked.push(url);
    clients.push(client);
    client.write(`HTTP/1.1 ${status} so\r\n\r\n`);
    if (status !== 200) {
      client.end();
      return;
    }
    const target = connect(Number(url.split(":")[1]), "127.0.0.1");
    sockets.add(target);
    // Who no longer has anywhere to send to still has to see that the client ends.
    target.on("error", () => client.destroy()).on("close", () => client.resume());
    client.on("error", () => target.destroy());
    client.pipe(target).pipe(client);
  });
  return { port: await listen(proxy), asked, clients };
}

const ask = (url: string, timeoutMs = 60_000, proxy?: string) =>
  nodeHost().request(url, { method: "GET", timeoutMs, proxy });

test("an answer has its status, its text and its date", async () => {
  const url = await serve((_request, response) => response.writeHead(404).end("näh"));
  expect(await ask(url)).toEqual({ status: 404, body: "näh", date: expect.stringContaining("GMT") });
});

test("an answer that does not come in time is given up, also where some of it drips", async () => {
  const url = await serve((_request, response) => {
    response.write("a");
    const drip = setInterval(() => response.write("a"), 20);
    response.on("close", () => clearInterval(drip));
  });
  await expect(ask(url, 150)).rejects.toThrow("timed out");
});

test("a question that is given up leaves no connection behind: an agent asks for months", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  try {
    const silent = createServer(() => undefined);
    const url = `http://127.0.0.1:${await listen(silent)}/`;
    const [connected, asked] = [once(silent, "connection"), once(silent, "request")];
    const answer = expect(ask(url, 2000)).rejects.toThrow("timed out");
    await asked;
    const [socket] = (await connected) as [Socket];
    const closed = once(socket, "close");
    vi.advanceTimersByTime(2000);
    await answer;
    await closed;
  } finally {
    vi.useRealTimers();
  }
});

test("nothing is left to be given up once an answer is there", async () => {
  const url = await serve((_request, response) => response.end("ins-1"));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    expect((await ask(url)).body).toBe("ins-1");
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a letter of an answer is whole whose bytes come one by one", async () => {
  const url = await serve((_request, response) => {
    for (const byte of Buffer.from("实例")) response.write(Buffer.of(byte));
    response.end();
  });
  expect((await ask(url)).body).toBe("实例");
});

test("an answer that is cut off is none", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half of it");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(ask(url)).rejects.toThrow("cut off");
});

test("an endpoint that nobody listens on is an error", async () => {
  await expect(ask("http://127.0.0.1:1/")).rejects.toThrow("ECONNREFUSED");
});

test("goes through the tunnel of a proxy, whatever proxy the environment names", async () => {
  const port = await serveSecurely();
  const proxy = await startProxy();
  vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  const url = `http://127.0.0.1:${proxy.port}`;
  expect(await ask(`https://127.0.0.1:${port}/`, 60_000, url)).toMatchObject({ status: 200, body: "secret answer" });
  expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
});

test("leaves no tunnel open behind an answer, however often it asks", async () => {
  const port = await serveSecurely();
  const proxy = await startProxy();
  for (let look = 0; look < 3; look += 1) {
    await ask(`https://127.0.0.1:${port}/`, 60_000, `http://127.0.0.1:${proxy.port}`);
  }
  expect(proxy.asked).toHaveLength(3);
  await expect.poll(() => proxy.clients.filter((client) => !client.destroyed)).toEqual([]);
});

test("goes directly where there is no proxy, whatever proxy the environment names", async () => {
  const port = await serveSecurely();
  const proxy = await startProxy();
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${proxy.port}`);
  expect((await ask(`https://127.0.0.1:${port}/`)).body).toBe("secret answer");
  expect(proxy.asked).toEqual([]);
});

test("asks the proxy for the port of https where an endpoint names none", async () => {
  const refusing = await startProxy(403);
  const url = `http://127.0.0.1:${refusing.port}`;
  await expect(ask("https://vpc.tencentcloudapi.com/", 60_000, url)).rejects.toThrow(/./);
  expect(refusing.asked).toEqual(["vpc.tencentcloudapi.com:443"]);
});

test.each([
  ["a proxy without http:// before it", "https://127.0.0.1/", "127.0.0.1:1"],
  ["an endpoint that is no URL", "vpc.tencentcloudapi.com", ""],
])("%s is an error, and nothing goes wrong when its time is over", async (_, url, proxy) => {
  const uncaught = vi.fn();
  const usual = process.rawListeners("uncaughtException") as ((error: Error) => void)[];
  process.removeAllListeners("uncaughtException").on("uncaughtException", uncaught);
  try {
    await expect(ask(url, 50, proxy)).rejects.toThrow(/Invalid URL|Protocol/);
    await nodeHost().sleep(100);
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of usual) process.on("uncaughtException", listener);
  }
  expect(uncaught.mock.calls).toEqual([]);
});

test("a question has its method, its headers and its text", async () => {
  let heard = "";
  const url = await serve((request, response) => {
    request.on("data", (chunk) => (heard += `${request.method} ${request.headers["x-tc-action"]} ${chunk}`));
    request.on("end", () => response.end("{}"));
  });
  const headers = { "x-tc-action": "DescribeHaVips" };
  await nodeHost().request(url, { method: "POST", headers, body: "näh", timeoutMs: 60_000 });
  expect(heard).toBe("POST DescribeHaVips näh");
});

test("http, and so the metadata service, is never asked by a proxy", async () => {
  const proxy = await startProxy();
  for (const name of ["HTTP_PROXY", "http_proxy"]) vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
  const url = await serve((_request, response) => response.end("ins-1"));
  expect((await ask(url, 60_000, `http://127.0.0.1:${proxy.port}`)).body).toBe("ins-1");
  expect(proxy.asked).toEqual([]);
});

test("says so where the proxy refuses, is not there, or does not answer", async () => {
  const port = await serveSecurely();
  const refusing = await startProxy(407);
  const by = (proxyPort: number, timeoutMs = 60_000) =>
    ask(`https://127.0.0.1:${port}/`, timeoutMs, `http://127.0.0.1:${proxyPort}`);
  await expect(by(refusing.port)).rejects.toThrow(/SSL|TLS|socket|EPROTO/);
  await expect(by(1)).rejects.toThrow("ECONNREFUSED");
  const silent = await listen(createServer().on("connect", () => undefined));
  await expect(by(silent, 100)).rejects.toThrow("timed out");
});

describe("serve", () => {
  /** Sends a text to a port; returns all that comes back until the connection ends. */
  const talk = (port: number, text: string, from = "127.0.0.1") =>
    new Promise<string>((resolve) => {
      let heard = "";
      const socket = connect({ port, host: "127.0.0.1", localAddress: from }, () => socket.write(text));
      sockets.add(socket);
      socket.on("data", (chunk) => (heard += chunk.toString("latin1")));
      socket.on("error", () => undefined).on("close", () => resolve(heard));
    });

  /** A port that is free now. */
  async function freePort(): Promise<number> {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    servers.splice(servers.indexOf(server), 1);
    return port;
  }

  test("answers the asker with what is made of the path, and nobody else", async () => {
    const port = await freePort();
    servers.push(serveWords("127.0.0.1", port, "127.0.0.2", (path) => `heard ${path}`));
    const question = "GET /MASTER/5/6 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    expect(await talk(port, question, "127.0.0.2")).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n.*heard \/MASTER\/5\/6$/,
    );
    expect(await talk(port, question, "127.0.0.1")).toBe("");
  });

  test("answers in the form that Prometheus takes, to any path, and without a body to HEAD", async () => {
    const port = await freePort();
    servers.push(serveWords("127.0.0.1", port, "127.0.0.1", () => "a 1\n"));
    for (const path of ["/metrics", "/", "/../etc/passwd"]) {
      const said = await talk(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(said).toMatch(/^content-type: text\/plain; version=0\.0\.4\r$/im);
      expect(said).toMatch(/\r\n\r\n(4\r\n)?a 1\n/);
    }
    expect(await talk(port, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(/\r\n\r\n$/);
  });

  test("has one port at two addresses of the node, with another answer at each", async () => {
    const port = await freePort();
    servers.push(serveWords("127.0.0.1", port, "127.0.0.1", () => "metrics"));
    servers.push(serveWords("127.0.0.2", port, "127.0.0.3", () => "word"));
    expect((await ask(`http://127.0.0.1:${port}/`)).body).toBe("metrics");
    const reply = await new Promise<string>((resolve) => {
      const options = { host: "127.0.0.2", port, localAddress: "127.0.0.3" };
      const socket = connect(options, () => socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
      let heard = "";
      socket.on("data", (chunk) => (heard += chunk.toString())).on("close", () => resolve(heard));
    });
    expect(reply).toContain("word");
  });

  test("ends a connection that says nothing, and answers others meanwhile", async () => {
    const port = await freePort();
    const server = serveWords("127.0.0.1", port, "127.0.0.1", () => "still here");
    servers.push(server);
    expect(server.timeout).toBe(5000);
    server.setTimeout(200);
    const silent = talk(port, "G");
    expect((await ask(`http://127.0.0.1:${port}/`)).body).toBe("still here");
    await silent;
  });

  test("garbage, and a question that is too long, end the connection and nothing else", async () => {
    const port = await freePort();
    servers.push(serveWords("127.0.0.1", port, "127.0.0.1", () => "still here"));
    expect(await talk(port, "\x16\x03\x01\x02\x00garbage\r\n\r\n")).toMatch(/^(HTTP\/1\.1 400 |$)/);
    expect(await talk(port, `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect((await ask(`http://127.0.0.1:${port}/`)).body).toBe("still here");
  });

  test("keeps only so many connections", async () => {
    const port = await freePort();
    servers.push(serveWords("127.0.0.1", port, "127.0.0.1", () => ""));
    const ended = Array.from({ length: 30 }, () => talk(port, "G"));
    let count = 0;
    for (const each of ended) void each.then(() => (count += 1));
    await vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(20), { timeout: 20_000 });
    expect(count).toBeLessThan(30);
  });

  test("tries again where the port is in use, and says so once", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const log = vi.spyOn(console, "log").mockReturnValue();
    try {
      const other = createServer((_request, response) => response.end("another"));
      const port = await listen(other);
      const server = serveWords("127.0.0.1", port, "127.0.0.1", () => "ours");
      servers.push(server);
      for (let tries = 0; tries < 2; tries += 1) {
        if (tries > 0) vi.advanceTimersByTime(5000);
        await new Promise((resolve) => server.once("error", resolve));
      }
      expect(log.mock.calls).toEqual([[`tried again: listen EADDRINUSE: address already in use 127.0.0.1:${port}`]]);
      other.closeAllConnections();
      await new Promise((resolve) => other.close(resolve));
      vi.advanceTimersByTime(5000);
      await new Promise((resolve) => server.once("listening", resolve));
    } finally {
      log.mockRestore();
      vi.useRealTimers();
    }
  });

  test("tries again, and says so, where the node has no such address, such as a loopback that is down", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    try {
      const server = serveWords("192.0.2.1", 3112, "192.0.2.1", () => "");
      servers.push(server);
      await new Promise((resolve) => server.once("error", resolve));
      expect(log.mock.calls).toEqual([["tried again: listen EADDRNOTAVAIL: address not available 192.0.2.1:3112"]]);
    } finally {
      log.mockRestore();
    }
  });
});

test("an answer without an end is given up, long before its time is over", async () => {
  const url = await serve((_request, response) => {
    const flood = () => {
      while (response.write("a".repeat(65_536)));
    };
    response.on("drain", flood);
    flood();
  });
  await expect(ask(url)).rejects.toThrow("cut off");
});
