import {
  type ClientRequest,
  createServer,
  globalAgent as httpAgent,
  request as httpRequest,
  type IncomingMessage,
  type Server,
} from "http";
import { globalAgent, request as httpsRequest } from "https";
import type { Socket } from "net";
import type { HttpAnswer, HttpRequest } from "./host.ts";

/** Whether this pairctl can go through a proxy. The build decides it by the pair's settings. */
declare const __HTTPS_PROXY__: boolean | undefined;
const HAS_PROXY = typeof __HTTPS_PROXY__ === "undefined" || __HTTPS_PROXY__;

/** No answer is longer, in characters: one that is has no end. */
const LONGEST_ANSWER = 1e6;

/** How long a port that is in use is left alone, and a connection that says nothing kept, in ms. */
const PATIENCE_MS = 5000;

/** What Prometheus has to be told that an answer is; the peer's agent does not care. */
const TEXT_FORMAT = "text/plain; version=0.0.4";

/**
 * For how long, in ms, a connection is kept that nothing uses, so that a takeover finds one: with an `advertInt` of up to 10
 * pairctl looks at the cloud more often than that. Through a proxy each call has a connection of its own. The cloud's API ends
 * one after 60 s, the peer's agent after 5 s, and Node.js those of its global agents after 5 s since its version 19.
 *
 * @see https://github.com/TencentCloud/tencentcloud-sdk-go/pull/292
 */
const UNUSED_MS = 55_000;

/** Node.js's types leave out what its agents make connections with. */
type Agent = typeof httpAgent & { keepAlive: boolean; options: { timeout: number } };
for (const agent of [httpAgent, globalAgent] as Agent[]) {
  agent.keepAlive = true;
  agent.options.timeout = UNUSED_MS;
}

/**
 * Asks over HTTP; https goes through the tunnel of a proxy where there is one.
 *
 * @throws where not all of the answer comes before the timeout
 */
export function send(url: string, { method, headers, body, timeoutMs, proxy }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let asking: ClientRequest | undefined;
    const start = (request: ClientRequest, data?: string) => {
      asking = request.on("error", reject);
      asking.end(data);
    };
    // The socket's own timeout counts idle time only; this one counts all of it.
    const timer = setTimeout(() => {
      reject(new Error("timed out"));
      // A question that cannot even be asked has thrown before.
      if (asking) asking.abort();
    }, timeoutMs);
    const target = new URL(url);
    const { hostname, port, protocol } = target;
    const isSecure = protocol === "https:";
    const ask = (tunnel: object) => {
      const onAnswer = (answer: IncomingMessage) => {
        let text = "";
        answer
          .setEncoding("utf8")
          .on("data", (chunk) => {
            text += chunk;
            if (text.length > LONGEST_ANSWER) answer.destroy();
          })
          .on("aborted", () => reject(new Error("cut off")))
          .on("end", () => {
            clearTimeout(timer);
            resolve({ status: answer.statusCode || 0, date: answer.headers.date, body: text });
          });
      };
      start((isSecure ? httpsRequest : httpRequest)(target, { method, headers, ...tunnel } as object, onAnswer), body);
    };

    if (!HAS_PROXY || !isSecure || !proxy) {
      ask({});
      return;
    }
    const path = `${hostname}:${port || 443}`;
    const connecting = httpRequest(proxy, { method: "CONNECT", path });
    // Where the proxy refuses, this is no tunnel, and TLS says so.
    connecting.on("connect", (_, socket: Socket) => ask({ socket, agent: false }));
    start(connecting);
  });
}

/** See {@link Host.serve}. */
export function serve(address: string, port: number, asker: string, answer: (path: string) => string): Server {
  const server = createServer(({ url = "" }, reply) => {
    reply.setHeader("content-type", TEXT_FORMAT);
    reply.end(answer(url));
  });
  server.maxConnections = 9;
  return server
    .on("connection", (socket) => socket.remoteAddress === asker || socket.destroy())
    .once("error", ({ message }) => console.log(`tried again: ${message}`))
    .on("error", () => setTimeout(() => server.listen(port, address), PATIENCE_MS))
    .listen(port, address)
    .setTimeout(PATIENCE_MS);
}
