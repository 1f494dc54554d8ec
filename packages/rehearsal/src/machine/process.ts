import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/** How a command ended. */
export interface CommandResult {
  /** Its exit status; undefined where a signal ended it, or it was never started. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether its time was over before it ended. */
  readonly timedOut: boolean;
}

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

/**
 * Runs a command to its end, or to the end of its time, when it is killed. Never throws: how it ended is the answer.
 *
 * @param limitMs how long it may take
 */
export async function attempt(command: string, args: readonly string[], limitMs: number): Promise<CommandResult> {
  try {
    const options = { maxBuffer: 2 ** 26, timeout: limitMs, killSignal: "SIGKILL" } as const;
    const { stdout, stderr } = await execFileAsync(command, args, options);
    return { status: 0, stdout, stderr, timedOut: false };
  } catch (error) {
    const { code, killed, stdout = "", stderr = "", message } = error as AttemptError;
    const status = typeof code === "number" ? code : undefined;
    return { status, stdout, stderr: stderr || message, timedOut: killed === true };
  }
}

interface AttemptError extends Error {
  readonly code?: number | string | null;
  readonly killed?: boolean;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** How a command is started that goes on. */
export interface FollowOptions extends Omit<SpawnOptions, "stdio"> {
  /** Whether it is told something on its standard input. @default false */
  readonly hasInput?: boolean;
}

/** Starts a command that goes on, and calls back with each line that it writes. */
export function follow(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void,
  { hasInput = false, ...options }: FollowOptions = {},
): ChildProcess {
  const child = spawn(command, args, { ...options, stdio: [hasInput ? "pipe" : "ignore", "pipe", "ignore"] });
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
