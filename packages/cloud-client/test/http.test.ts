import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { findEndpoint, post } from "../src/http.ts";

const HTTPS_PROXY = "http://user:word@proxy.invalid:3128";

/** A server that answers each request (CONNECT too) with a status and a body, or, without them, never. */
async function serve(answer?: { readonly status: number; readonly body: string }) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (answer !== undefined) response.writeHead(answer.status).end(answer.body);
  });
  server.on("connect", (request, socket) => {
    requests.push(request);
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

test("finds a service below the cloud's domain or another one, by HTTPS or as TENCENTCLOUD_PROTOCOL says", () => {
  expect(findEndpoint("vpc", {})).toEqual({
    ...{ host: "vpc.tencentcloudapi.com", url: "https://vpc.tencentcloudapi.com/", proxy: undefined },
  });
  const env = { TENCENTCLOUD_DOMAIN: "cloud.example:8443", TENCENTCLOUD_PROTOCOL: "http" };
  expect(findEndpoint("tat", env).url).toBe("http://tat.cloud.example:8443/");
});

test("asks the proxy of its protocol, unless NO_PROXY names the host or a domain above it", () => {
  const proxyWith = (env: NodeJS.ProcessEnv) => findEndpoint("vpc", env).proxy;
  expect(proxyWith({ HTTPS_PROXY, HTTP_PROXY: "http://other.invalid" })).toBe(HTTPS_PROXY);
  expect(proxyWith({ https_proxy: HTTPS_PROXY })).toBe(HTTPS_PROXY);
  expect(proxyWith({ HTTP_PROXY: HTTPS_PROXY })).toBeUndefined();
  expect(proxyWith({ HTTP_PROXY: HTTPS_PROXY, TENCENTCLOUD_PROTOCOL: "HTTP" })).toBe(HTTPS_PROXY);
  for (const NO_PROXY of ["*", "example, .tencentcloudapi.com", "tencentcloudapi.com", "vpc.tencentcloudapi.com"]) {
    expect(proxyWith({ HTTPS_PROXY, NO_PROXY }), NO_PROXY).toBeUndefined();
  }
  expect(proxyWith({ HTTPS_PROXY, no_proxy: "api.com,cvm.tencentcloudapi.com" })).toBe(HTTPS_PROXY);
});

test("asks a proxy for the whole URL where the protocol is HTTP", async () => {
  const { host, requests } = await serve({ status: 200, body: "answer" });
  const endpoint = { host: "vpc.invalid", url: "http://vpc.invalid/", proxy: `http://${host}` };
  expect(await post(endpoint, { host: endpoint.host }, "{}")).toBe("answer");
  expect(requests).toMatchObject([{ method: "POST", url: "http://vpc.invalid/", headers: { host: "vpc.invalid" } }]);
});

test("asks a proxy for a tunnel where the protocol is HTTPS, and says what the proxy answers", async () => {
  const { host, requests } = await serve();
  const endpoint = { host: "vpc.invalid", url: "https://vpc.invalid/", proxy: `http://user:word@${host}` };
  const result = post(endpoint, { host: endpoint.host, authorization: "signed" }, "{}");
  await expect(result).rejects.toThrow("request to https://vpc.invalid/ failed: status 407 Proxy Authentication");
  const credentials = `Basic ${Buffer.from("user:word").toString("base64")}`;
  expect(requests).toMatchObject([
    { method: "CONNECT", url: "vpc.invalid:443", headers: { "proxy-authorization": credentials } },
  ]);
  expect(requests[0]?.headers).not.toHaveProperty("authorization");
});

test("refuses an answer with another status than 200, without showing its page", async () => {
  const { host } = await serve({ status: 502, body: "<html>secret</html>" });
  const result = post({ host, url: `http://${host}/`, proxy: undefined }, { host }, "{}");
  await expect(result).rejects.toThrow(/failed: status 502 Bad Gateway$/);
});

test("waits 20 seconds for an answer, and says so", async () => {
  const { host } = await serve();
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const asked = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(10));
  onTestFinished(() => asked.mockRestore());
  const result = post({ host, url: `http://${host}/`, proxy: undefined }, { host }, "{}");
  await expect(result).rejects.toThrow(`request to http://${host}/ failed: no answer within 20 s`);
  expect(asked).toHaveBeenCalledExactlyOnceWith(20_000);
});
