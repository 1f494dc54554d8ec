import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../../lib/operator/pair.js", import.meta.url));

/** What a command came to. */
export interface PairResult {
  readonly status: number;
  /** All that it said. */
  readonly said: string;
  /** How long it took, in ms. */
  readonly ms: number;
}

/** Runs the built `pair` as an operator does. */
export function runPair(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<PairResult> {
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? 1, said, ms: performance.now() - begun }));
  });
}
