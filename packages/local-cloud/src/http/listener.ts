import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../engine/faults.ts";

/** Where to listen. */
export interface ListenOptions {
  /** An address, not a name. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM. @default - plain HTTP */
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** How long a client may take to send its request, in ms. @default 10000 */
  readonly requestTimeoutMs?: number;
}

/**
 * How long a connection is kept on which nothing is asked, in ms: as the cloud's API keeps one.
 *
 * @see https://github.com/TencentCloud/tencentcloud-sdk-go/pull/292
 */
const KEEP_ALIVE_MS = 60_000;

/** One listening HTTP or HTTPS server. */
export class Listener implements AsyncDisposable {
  /** Scheme, host and port; no path. */
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>, url: string) {
    this.#server = server;
    this.#sockets = sockets;
    this.url = url;
  }

  /** @throws the system's error if the address cannot be had */
  static async start(where: ListenOptions, listener: RequestListener): Promise<Listener> {
    const { host, port, tls, requestTimeoutMs: requestTimeout = 10_000 } = where;
    const connectionsCheckingInterval = Math.min(1000, requestTimeout);
    const options = {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout,
      headersTimeout: requestTimeout,
      connectionsCheckingInterval,
    };
    const server = tls ? createHttpsServer({ ...options, ...tls }, listener) : createHttpServer(options, listener);
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    const { port: bound } = server.address() as AddressInfo;
    const shownHost = host.includes(":") ? `[${host}]` : host;
    return new Listener(server, sockets, `${tls ? "https" : "http"}://${shownHost}:${bound}`);
  }

  /** Ends all connections and frees the port. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/** The body grew over the limit. */
export class BodyTooLarge extends Error {}

/** Reads a body of at most this many bytes; a longer one is read to its end, but not kept, so that the answer arrives. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    if (size > 4 * maxBytes) break;
  }
  if (size > maxBytes) throw new BodyTooLarge(`the body has more than ${maxBytes} bytes`);
  return Buffer.concat(chunks);
}

/**
 * Does to an answer what a fault of this kind does to it.
 *
 * @returns what it did, or undefined if the answer is to be given after all
 */
export async function applyFault(fault: Fault, response: ServerResponse): Promise<string | undefined> {
  if (fault.delayMs !== undefined) await sleep(fault.delayMs, undefined, { ref: false });
  if (fault.hang) {
    // The socket ends with the client's patience, or with the server.
    return "no answer";
  }
  if (fault.dropConnection) {
    response.socket?.destroy();
    return "connection dropped";
  }
  if (fault.httpStatus !== undefined) {
    response.writeHead(fault.httpStatus, { "Content-Type": "text/html" });
    response.end(`<html><body><h1>${fault.httpStatus}</h1></body></html>\n`);
    return `HTTP ${fault.httpStatus}`;
  }
  return undefined;
}
