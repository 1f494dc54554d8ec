import { spawn } from "node:child_process";
import { OperatorError } from "../operator-error.ts";

/** What to do where there is no Terraform. */
export const GET_TERRAFORM = "install Terraform, or name another one with TERRAFORM_BINARY_NAME";

/** What a program ended with. */
export interface Ended {
  readonly status: number;
  readonly stdout: Buffer;
  /** Both outputs in their order, for an error. */
  readonly said: string;
}

/** What a program runs in. */
export interface ChildSurroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends it as Ctrl-C does. */
  readonly interruption: AbortSignal;
}

/**
 * Runs a program to its end.
 *
 * @param install what to do where it is not there
 * @throws OperatorError where it is not there
 */
export function runChild(
  file: string,
  args: readonly string[],
  { cwd, env, interruption }: ChildSurroundings,
  install: string,
): Promise<Ended> {
  interruption.throwIfAborted();
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const interrupt = () => void child.kill("SIGINT");
  interruption.addEventListener("abort", interrupt, { once: true });
  const stdout: Buffer[] = [];
  const all: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => void (stdout.push(data), all.push(data)));
  child.stderr.on("data", (data: Buffer) => void all.push(data));
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      interruption.removeEventListener("abort", interrupt);
      const missing = new OperatorError("usage", `'${file}' is not on this machine: ${install}`);
      reject(error.code === "ENOENT" ? missing : error);
    });
    child.once("close", (status) => {
      interruption.removeEventListener("abort", interrupt);
      if (interruption.aborted) return reject(interruption.reason as Error);
      resolve({ status: status ?? 1, stdout: Buffer.concat(stdout), said: Buffer.concat(all).toString("utf8") });
    });
  });
}
