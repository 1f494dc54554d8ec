import { createHash, createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { expect } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { pass } from "./simulated-time.ts";

/** A key, permanent or temporary. */
export interface Key {
  secretId: string;
  secretKey: string;
  token?: string;
}

/** The account's own key, which every cloud of these tests knows: it may do everything. */
export const rootKey: Key = { secretId: "AKIDroot", secretKey: "root-secret" };

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  ca?: string;
  /** The address to connect from. */
  localAddress?: string;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** One HTTP request on a connection of its own; nothing is added that is not given. */
export function send(
  url: string,
  { method = "POST", path = "/", headers = {}, body = "", ca, localAddress }: RawRequest,
): Promise<RawAnswer> {
  const start = url.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(
      url + path,
      { method, headers, agent: false, ...(ca ? { ca } : {}), ...(localAddress ? { localAddress } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

export interface CallOptions {
  key: Key;
  action: string;
  /** Sent as it is if it is a string. */
  body?: object | string;
  service?: string;
  version?: string;
  region?: string;
  /** Unix time in s. */
  timestamp?: number;
  /** @default - the timestamp's */
  date?: string;
  host?: string;
  contentType?: string;
  /** Headers to sign beside content-type and host. */
  alsoSigned?: string[];
  /** Changes the headers after they were signed; undefined takes one away. */
  tamper?: Record<string, string | undefined>;
}

const hex = (data: string) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();

/** The headers of a signed call. */
export function sign(url: string, options: CallOptions): { headers: Record<string, string>; body: string } {
  const { key, action, service = "vpc", version = "2017-03-12", region = "ap-singapore", alsoSigned = [] } = options;
  const { timestamp = Math.floor(Date.now() / 1000), host = new URL(url).host } = options;
  const { contentType = "application/json; charset=utf-8", body = {} } = options;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers: Record<string, string> = {
    "content-type": contentType,
    host,
    "x-tc-action": action,
    "x-tc-version": version,
    "x-tc-timestamp": String(timestamp),
    "x-tc-region": region,
    ...(key.token === undefined ? {} : { "x-tc-token": key.token }),
  };
  const names = ["content-type", "host", ...alsoSigned].sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim().toLowerCase()}`).join("\n");
  const canonical = `POST\n/\n\n${lines}\n\n${names.join(";")}\n${hex(text)}`;
  const date = options.date ?? new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const signingKey = hmac(hmac(hmac(`TC3${key.secretKey}`, date), service), "tc3_request");
  const signature = hmac(signingKey, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hex(canonical)}`).toString("hex");
  headers["authorization"] =
    `TC3-HMAC-SHA256 Credential=${key.secretId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  const sent = Object.entries({ ...headers, ...options.tamper }).filter(([, value]) => value !== undefined);
  return { headers: Object.fromEntries(sent) as Record<string, string>, body: text };
}

/** What the API says: the members of `Response`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of many shapes
export type Answer = any;

/** What a refused call answers with. */
export const apiError = (Code: string, Message: string) => ({
  Error: { Code, Message },
  RequestId: expect.any(String) as string,
});

/** A signed call; the answer may be an error. */
export async function call(cloud: LocalCloud, options: CallOptions): Promise<Answer> {
  const url = cloud.apiUrls[0] ?? "";
  const { status, text } = await send(url, sign(url, options));
  if (status !== 200) throw new Error(`HTTP ${status}: ${text}`);
  return JSON.parse(text).Response;
}

/** Asks again, every 5 ms, until the check does not throw, at most for this long. */
export async function eventually<T>(check: () => T | Promise<T>, budgetMs = 2000): Promise<T> {
  for (let ms = 0; ; ms += 5) {
    try {
      return await check();
    } catch (error) {
      if (ms >= budgetMs) throw error;
      await pass(5);
    }
  }
}
