import { spawn } from "node:child_process";

/** What a program came to. */
export interface Ended {
  readonly status: number;
  /** Its standard output. */
  readonly output: string;
  /** All that it said. */
  readonly said: string;
}

/** Where a program runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it gets on its standard input. @default - nothing */
  readonly input?: string | undefined;
  /** Told its process id. @default - nobody is */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** Runs a program to its end. */
export function ended(
  program: string,
  args: readonly string[],
  { cwd, env, input = "", onStart }: Surroundings,
): Promise<Ended> {
  const child = spawn(program, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  if (child.pid !== undefined) onStart?.(child.pid);
  // One that does not read it may be gone already.
  child.stdin.on("error", () => undefined).end(input);
  let output = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? 1, output, said }));
  });
}
