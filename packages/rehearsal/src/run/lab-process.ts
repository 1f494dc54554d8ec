import type { ChildProcess } from "node:child_process";
import { on } from "node:events";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeCgroups } from "../machine/cgroup.ts";
import { startIsolated } from "../machine/isolation.ts";
import type { Leftover } from "../machine/leftover.ts";
import { eachLine } from "../machine/process.ts";
import type { LabCommand, LabMessage, LabSpec } from "./messages.ts";

const INSIDE = ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL("./inside.ts", import.meta.url))];

/** So much of what a lab wrote last is kept, in lines: where it dies without a word, that is all there is. */
const KEPT_LINES = 10;

/** What a lab's process is started with. */
export interface LabProcessOptions {
  readonly spec: Omit<LabSpec, "cgroups">;
  /** Which of the labs on this machine it is, from 1 on. */
  readonly number: number;
  /** Ends it at once. */
  readonly interruption: AbortSignal;
  /** Told each line that it writes past its messages. */
  readonly onOutput: (line: string) => void;
  /** What Node.js runs in it: its arguments before the lab's own. @default - inside.ts */
  readonly program?: readonly string[] | undefined;
}

/** A lab's process, in namespaces of its own. Disposed of, it has ended and left nothing behind. */
export class LabProcess implements AsyncDisposable {
  readonly #lines: AsyncIterable<unknown[]>;
  readonly #ended: Promise<number>;
  readonly #lastLines: string[] = [];

  private constructor(
    readonly child: ChildProcess,
    private readonly cgroups: readonly Leftover[],
    onOutput: (line: string) => void,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      eachLine(stream, (line) => {
        this.#lastLines.push(line);
        this.#lastLines.splice(0, this.#lastLines.length - KEPT_LINES);
        onOutput(line);
      });
    }
    // It may have ended when it is told something: its end is what counts.
    child.stdin?.on("error", () => {});
    this.#lines = on(createInterface({ input: child.stdio[3] as Readable }), "line", { close: ["close"] });
    this.#ended = new Promise((resolve) => {
      child.once("error", ({ message }) => {
        this.#lastLines.push(message);
        resolve(1);
      });
      child.once("close", (status) => resolve(status ?? 1));
    });
  }

  /** Starts it. */
  static start({ spec, number, interruption, onOutput, program = INSIDE }: LabProcessOptions): LabProcess {
    const cgroups = makeCgroups(`rehearsal-${process.pid}-${number}`);
    const argument = JSON.stringify({ ...spec, cgroups: cgroups.map(({ path }) => path) });
    const command = [process.execPath, ...program, argument];
    const stdio = ["pipe", "pipe", "pipe", "pipe"] as const;
    const child = startIsolated(command, { ownNetwork: true, interruption, stdio: [...stdio] });
    return new LabProcess(child, cgroups, onOutput);
  }

  /** What it tells, to its end. */
  async *messages(): AsyncGenerator<LabMessage> {
    for await (const [line] of this.#lines) {
      const message = parseMessage(String(line));
      if (message !== undefined) yield message;
    }
  }

  /** Tells it what to do. */
  send(command: LabCommand): void {
    this.child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** Its exit status, once it has ended. */
  get ended(): Promise<number> {
    return this.#ended;
  }

  /** The last lines that it wrote past its messages. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  /** Ends it at once, with everything in it. */
  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** Ends it where it has not ended, and removes what the kernel keeps. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.#ended;
    await Promise.all(this.cgroups.map((cgroup) => cgroup[Symbol.asyncDispose]()));
  }
}

/** A process that is killed may leave its last line unfinished. */
function parseMessage(line: string): LabMessage | undefined {
  try {
    return JSON.parse(line) as LabMessage;
  } catch {
    return undefined;
  }
}
