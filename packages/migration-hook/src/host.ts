/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** A question over HTTP. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Milliseconds after which it is given up. */
  readonly timeoutMs: number;
}

/** Everything that the hook touches: the node and the network, passed in so that tests bring their own. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** A number of at least 0 and below 1, for jitter. */
  random(): number;
  /** Asks over HTTP; rejects on network errors and time-outs. */
  request(url: string, request: HttpRequest): Promise<HttpAnswer>;
  /** A file's text, or undefined where there is none. */
  readFile(path: string): string | undefined;
  /** Writes a file that only root can read, all of it or nothing. */
  writeFile(path: string, text: string): void;
  /** The IPv4 addresses of the node's interfaces. */
  addresses(): string[];
  /** Whether a process of this name runs. */
  isRunning(name: string): boolean;
}
