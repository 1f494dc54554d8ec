import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "../../src/passes/receipt.ts";
import { PAIRCTL } from "./master-node.ts";
import { LOG } from "./pair.ts";

/** How long a receipt is waited for, in ms. */
const PATIENCE_MS = 20_000;

/** The built pairctl as the resident agent of a node. */
export class ResidentAgent implements AsyncDisposable {
  readonly #log: string;
  readonly #process: ChildProcess;

  /** @param command Node.js with its flags, and the file that it runs */
  constructor({ root }: { root: string }, command: readonly [string, ...string[]] = [process.execPath, PAIRCTL]) {
    this.#log = join(root, LOG);
    const env = { ...process.env, PAIRCTL_ROOT: root };
    const [node, ...args] = command;
    this.#process = spawn(node, [...args, "agent"], { env, stdio: ["ignore", "inherit", "inherit"] });
  }

  /** Its receipts up to now. */
  get receipts(): Receipt[] {
    // What stands behind the last end of a line is not all written yet.
    const lines = textOf(this.#log).split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Receipt);
  }

  /**
   * Waits for its next receipt of a kind.
   *
   * @param seen how many receipts there were before what it waits for
   */
  async receipt(seen: number, isMeant: (receipt: Receipt) => boolean): Promise<Receipt> {
    for (const started = performance.now(); performance.now() - started < PATIENCE_MS; await sleep(1)) {
      const found = this.receipts.slice(seen).find(isMeant);
      if (found) return found;
    }
    throw new Error(`no such receipt in ${PATIENCE_MS} ms, the last one is ${JSON.stringify(this.receipts.at(-1))}`);
  }

  /** The memory that it has now, in MB. */
  get megabytes(): number {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(textOf(`/proc/${this.#process.pid}/status`))?.[1]) / 1024;
  }

  /** The CPU time that all of its threads have taken, in ms: see proc(5), schedstat. */
  get cpuMs(): number {
    const threads = readdirSync(`/proc/${this.#process.pid}/task`);
    const times = threads.map((id) => parseInt(textOf(`/proc/${this.#process.pid}/task/${id}/schedstat`)));
    return times.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) throw new Error(`the agent has ended with ${this.#process.exitCode}`);
    const end = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGKILL");
    await end;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
