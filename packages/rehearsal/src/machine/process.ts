import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/**
 * Runs a command to its end.
 *
 * @param input given to it on standard input
 * @returns its standard output
 * @throws with the command and what it said on stderr where it fails
 */
export async function run(command: string, args: readonly string[], input?: string): Promise<string> {
  const running = execFileAsync(command, args, { maxBuffer: 2 ** 26 });
  if (input !== undefined) running.child.stdin?.end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
    throw new Error(`'${command} ${args.join(" ")}' failed: ${stderr?.trim() || stdout?.trim() || message}`, {
      cause: error,
    });
  }
}

/** Starts a command that goes on, and calls back with each line that it writes. */
export function follow(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void,
  options: SpawnOptions = {},
): ChildProcess {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "ignore"] });
  eachLine(child.stdout, onLine);
  return child;
}

/** Calls back with each line of a stream. */
export function eachLine(stream: unknown, onLine: (line: string) => void): void {
  if (stream instanceof Readable) createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
}

/** Resolves after some milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Waits until something holds.
 *
 * @param what names it in the error, such as "a VRRP MASTER"
 * @param budgetMs how long it may take
 * @param holds returns the awaited value, or undefined while there is none
 * @param detail says what was seen last, for the error
 */
export async function waitFor<T>(
  what: string,
  budgetMs: number,
  holds: () => T | undefined | Promise<T | undefined>,
  detail: () => string | Promise<string> = () => "",
): Promise<T> {
  const deadline = Date.now() + budgetMs;
  for (;;) {
    const value = await holds();
    if (value !== undefined) return value;
    if (Date.now() > deadline) {
      const seen = await detail();
      throw new Error(`waited ${budgetMs} ms for ${what}, in vain${seen ? `: ${seen}` : ""}`);
    }
    await sleep(20);
  }
}
