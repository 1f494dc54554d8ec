import { type ClientRequest, request as httpRequest, type IncomingMessage } from "http";
import { globalAgent, request as httpsRequest } from "https";
import type { Socket } from "net";
import type { HttpAnswer, HttpRequest } from "./host.ts";

// Connections are kept, since a run makes several calls to one endpoint.
Object.assign(globalAgent, { keepAlive: true });

/**
 * Asks over HTTP; https goes through the tunnel of a proxy where the environment names one for it.
 *
 * @throws where not all of the answer comes before the timeout
 */
export function send(url: string, { method, headers, body, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
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
    const { hostname, port, protocol } = new URL(url);
    const isSecure = protocol === "https:";
    const ask = (tunnel: object) => {
      const onAnswer = (answer: IncomingMessage) => {
        let text = "";
        answer
          .setEncoding("utf8")
          .on("data", (chunk) => (text += chunk))
          .on("aborted", () => reject(new Error("cut off")))
          .on("end", () => {
            clearTimeout(timer);
            resolve({ status: answer.statusCode || 0, date: answer.headers.date, body: text });
          });
      };
      start((isSecure ? httpsRequest : httpRequest)(url, { method, headers, ...tunnel } as object, onAnswer), body);
    };

    const proxy = isSecure && proxyFor(hostname);
    if (!proxy) {
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

/** The environment's proxy for a host. */
function proxyFor(host: string): string | undefined {
  const { HTTPS_PROXY, https_proxy = HTTPS_PROXY, NO_PROXY = "", no_proxy = NO_PROXY } = process.env;
  return no_proxy.split(/[\s,]+/).some((each) => each && host.endsWith(each)) ? undefined : https_proxy;
}
