import * as http from "node:http";
import * as https from "node:https";
import { text } from "node:stream/consumers";
import { HttpsProxyAgent } from "https-proxy-agent";

/** For how long the cloud may not answer, in seconds. */
const TIMEOUT_S = 20;

/** Where a service's API is, and by which way. */
export interface Endpoint {
  /** The host, with the port where the domain has one: the signature covers it. */
  readonly host: string;
  /** The address that requests go to. */
  readonly url: string;
  /** The URL of the proxy to ask; undefined where the host is asked itself. */
  readonly proxy: string | undefined;
}

/**
 * The endpoint of a service: TENCENTCLOUD_DOMAIN and TENCENTCLOUD_PROTOCOL as Terraform's provider reads them, and
 * HTTPS_PROXY (HTTP_PROXY where the protocol is HTTP) and NO_PROXY, also in lower case.
 */
export function findEndpoint(service: string, env: NodeJS.ProcessEnv): Endpoint {
  const host = `${service}.${env["TENCENTCLOUD_DOMAIN"] || "tencentcloudapi.com"}`;
  const isPlain = env["TENCENTCLOUD_PROTOCOL"]?.toUpperCase() === "HTTP";
  const proxy = isPlain ? env["HTTP_PROXY"] || env["http_proxy"] : env["HTTPS_PROXY"] || env["https_proxy"];
  return {
    host,
    url: `${isPlain ? "http" : "https"}://${host}/`,
    proxy: proxy && !isExempt(host, env) ? proxy : undefined,
  };
}

/**
 * Posts a body, and returns the one of the answer.
 *
 * @throws Error where there is no answer within 20 seconds, or another status than 200
 */
export async function post(endpoint: Endpoint, headers: Readonly<Record<string, string>>, body: string) {
  const signal = AbortSignal.timeout(TIMEOUT_S * 1000);
  const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) }, signal };
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      requestTo(endpoint, options).on("response", resolve).on("error", reject).end(body);
    });
    const answer = await text(response);
    if (response.statusCode === 200) return answer;
    throw new Error(`status ${response.statusCode} ${response.statusMessage}`);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // Where a host has several addresses and none answers, the error has a code but no text.
    const reason = signal.aborted ? `no answer within ${TIMEOUT_S} s` : message || code;
    throw new Error(`request to ${endpoint.url} failed: ${reason}`, { cause: error });
  }
}

/** A request by the endpoint's way. Each has a connection of its own: they are seldom, and none is left open at the end. */
function requestTo({ url, proxy }: Endpoint, options: http.RequestOptions): http.ClientRequest {
  if (url.startsWith("https:")) {
    return https.request(url, { ...options, agent: proxy === undefined ? false : new HttpsProxyAgent(proxy) });
  }
  if (proxy === undefined) return http.request(url, { ...options, agent: false });
  // Plain HTTP is proxied by asking for the whole URL (RFC 9112, 3.2.2); the agent's way (CONNECT) is for TLS.
  const { hostname, port } = new URL(proxy);
  return http.request({ ...options, hostname, port: port || 80, path: url, agent: false });
}

/** Whether NO_PROXY names the host or a domain above it. */
function isExempt(host: string, env: NodeJS.ProcessEnv): boolean {
  const entries = (env["NO_PROXY"] || env["no_proxy"] || "").split(",").map((entry) => entry.trim());
  const [name = ""] = host.split(":");
  return entries.some(
    (entry) => entry === "*" || (entry !== "" && `.${name}`.endsWith(`.${entry.replace(/^\./, "")}`)),
  );
}
