import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("./terminal.py", import.meta.url));

/** Whether this machine has the terminal emulator that reads the screen. */
export const hasTerminalEmulator = spawnSync(PYTHON, ["-c", "import pyte"]).status === 0;

/** What a terminal shows at a moment. */
export interface Sight {
  /** Its screen, line by line. */
  readonly screen: readonly string[];
  /** The lines that have left the screen at its top. */
  readonly scrolled: readonly string[];
  readonly showsCursor: boolean;
  /** Everything that was written to it so far. */
  readonly written: string;
  /** The screen at the end of each picture that was drawn so far. */
  readonly pictures: readonly (readonly string[])[];
  /** The exit status of its command; null: it has not ended. */
  readonly status: number | null;
}

/** A command in a pseudo-terminal, whose screen is read by a terminal emulator: pyte, Debian's python3-pyte. */
export class Terminal implements Disposable {
  readonly #process: ChildProcess;
  readonly #answers: Interface;
  /** Nothing is answered any more. */
  readonly #ended = new AbortController();

  constructor(command: readonly string[], columns: number, rows: number, env: NodeJS.ProcessEnv = {}) {
    const { CI: _, NO_COLOR: _noColor, ...own } = process.env;
    this.#process = spawn(PYTHON, [SCRIPT, String(columns), String(rows), ...command], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...own, TERM: "xterm-256color", ...env },
    });
    this.#answers = createInterface({ input: this.#process.stdout ?? process.stdin });
    this.#answers.once("close", () => this.#ended.abort(new Error("the terminal emulator has ended")));
  }

  /**
   * Waits until the screen shows something.
   *
   * @param pattern a regular expression of Python, in which `.` is any character
   * @param withCursor whether the cursor must be shown, too
   * @throws with the screen where it does not come
   */
  async see(pattern: string, { withCursor = false } = {}): Promise<Sight> {
    const sight = await this.#ask({ see: pattern, withCursor });
    if (sight.matched) return sight;
    throw new Error(`the terminal must show /${pattern}/, it shows:\n${sight.screen.join("\n")}`);
  }

  /** Types something, such as Ctrl-C. */
  async type(text: string): Promise<void> {
    await this.#ask({ type: text });
  }

  /** Sends a signal to the command. */
  async signal(name: NodeJS.Signals): Promise<void> {
    await this.#ask({ signal: name });
  }

  /** Has another size from now on. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#ask({ resize: [columns, rows] });
  }

  /** Is closed, as by its window's button. */
  async close(): Promise<void> {
    await this.#ask({ close: true });
  }

  /** Waits for the end of the command. */
  async end(): Promise<Sight> {
    return this.#ask({ end: true });
  }

  async #ask(request: object): Promise<Sight & { readonly matched: boolean }> {
    const answer = once(this.#answers, "line", { signal: this.#ended.signal });
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(String((await answer)[0])) as Sight & { readonly matched: boolean };
  }

  /** Ends the command where it has not ended. */
  [Symbol.dispose](): void {
    this.#process.stdin?.end();
  }
}
