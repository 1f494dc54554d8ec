import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How often a connection is opened, in ms: what is measured is no finer than that. */
export const PROBE_INTERVAL_MS = 100;

/**
 * How long a connection may take to be answered, in ms: less than the second after which TCP asks again (RFC 6298), so
 * that what is asked during an outage is never answered after it.
 */
const PROBE_TIMEOUT_MS = 900;

/** An answer of the nodes' server. */
export interface Answer {
  /** When it was asked, by the prober's clock, in ms. */
  readonly sentAt: number;
  /** When this process got to know of it, in ms since the epoch. */
  readonly arrivedAt: number;
  /** The host name of the node that answered. */
  readonly node: string;
}

/** What the prober runs: Node.js reads it from standard input, so that it needs nothing where it runs. */
const SCRIPT = `
const net = require("net");
const [host, port, interval, timeout] = process.argv.slice(2);
setInterval(() => {
  const sentAt = Date.now();
  let text = "";
  const socket = net.connect({ host, port: Number(port) });
  socket.setTimeout(Number(timeout), () => socket.destroy());
  socket.on("data", (data) => (text += data));
  socket.on("error", () => {});
  socket.on("close", () => text && console.log(sentAt + " " + text.trim()));
}, Number(interval));
`;

/** Opens connections to the pair's public address all the time, and keeps the answers. */
export class Prober implements Disposable {
  readonly #answers: Answer[] = [];
  readonly #child: ChildProcess;

  /** @param through what the prober is run through, such as `ssh host`; empty: it runs on this machine */
  constructor(address: string, port: number, through: readonly string[]) {
    const args = ["-", address, port, PROBE_INTERVAL_MS, PROBE_TIMEOUT_MS].map(String);
    const [command = process.execPath, ...rest] = through.length === 0 ? [] : [...through, "node"];
    this.#child = spawn(command, [...rest, ...args], { stdio: ["pipe", "pipe", "inherit"], detached: true });
    this.#child.on("error", () => {});
    this.#child.stdin?.on("error", () => {});
    this.#child.stdin?.end(SCRIPT);
    if (this.#child.stdout === null) return;
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const [sentAt, node = ""] = line.split(" ");
      this.#answers.push({ sentAt: Number(sentAt), arrivedAt: Date.now(), node });
    });
  }

  /** Every answer, in the order of their arrival. */
  get answers(): readonly Answer[] {
    return this.#answers;
  }

  /** Ends the probing. */
  [Symbol.dispose](): void {
    this.#child.kill("SIGKILL");
  }
}
