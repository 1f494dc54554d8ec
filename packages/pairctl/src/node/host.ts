/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The `Date` header, where there is one. */
  readonly date?: string | undefined;
}

/** A question over HTTP. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Milliseconds after which it is given up. */
  readonly timeoutMs: number;
  /** The URL of a proxy that tunnels https; http does without. */
  readonly proxy?: string | undefined;
}

/** Everything that pairctl touches: the node and the network, passed in so that tests bring their own. */
export interface Host {
  /** Milliseconds since the epoch, right or wrong. */
  now(): number;
  /** Milliseconds since the node started, more or less: they go on evenly, whatever happens to the time of day. */
  clock(): number;
  sleep(ms: number): Promise<void>;
  /** A number of at least 0 and below 1, for jitter. */
  random(): number;
  /** Asks over HTTP; rejects on network errors and time-outs. */
  request(url: string, request: HttpRequest): Promise<HttpAnswer>;
  /**
   * Answers questions over HTTP at an address of the node, for good, with what `answer` makes of their paths. Whoever asks
   * from another address than `asker` gets no answer. A port that is in use is tried again, and said to be so once.
   */
  serve(address: string, port: number, asker: string, answer: (path: string) => string): void;
  /**
   * Listens for good for VRRP packets (IP protocol 112) from an address, also while keepalived does not. Calls back with
   * `true` as soon as it listens and at each packet, with `false` where it cannot: then it tries again after a while.
   */
  hearAdverts(sender: string, onChange: (isListening: boolean) => void): void;
  /** A file's text, or undefined where there is none. */
  readFile(path: string): string | undefined;
  /** Writes a file, all of it or nothing; throws where that cannot be. @param mode 0600 by default */
  writeFile(path: string, text: string, mode?: number): void;
  /** Adds to the end of a log, which is rotated where it gets long; throws where that cannot be. */
  appendFile(path: string, text: string): void;
  /** Calls back each time that a file may have changed; never, where the node cannot tell. */
  watchFile(path: string, onChange: () => void): void;
  /** Whether an interface of the node has an IPv4 address. */
  hasAddress(address: string): boolean;
  /** Whether a process of this name runs. */
  isRunning(name: string): boolean;
  /** Lets the shell run a command; returns its exit status and what it said, errors too. */
  shell(command: string): { status: number | null; stdout: string };
}
