import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { OperatorError } from "../operator-error.ts";

/** Where a state is asked for. */
export interface StateChoice {
  /** A file with a state, in place of a stack's folder. */
  readonly state: string | undefined;
  /** The folder of a stack: cdktf's output, or one in which Terraform runs. */
  readonly stack: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** @default process.cwd() */
  readonly cwd?: string;
}

/** A state, and where it comes from, for errors. */
export interface FoundState {
  readonly text: string;
  readonly source: string;
}

/** Where cdktf puts the stacks below the folder in which it runs. */
const STACKS = "cdktf.out/stacks";

/**
 * Gets the state of a stack by `terraform state pull`, which needs neither the provider nor the cloud, or of a file.
 *
 * @throws OperatorError where there is none
 */
export async function findState(choice: StateChoice): Promise<FoundState> {
  if (choice.state !== undefined) return { text: readStateFile(choice.state), source: choice.state };
  const folder = stackFolder(choice);
  const terraform = choice.env["TERRAFORM_BINARY_NAME"] || "terraform";
  try {
    const { stdout } = await promisify(execFile)(terraform, ["state", "pull"], {
      cwd: folder,
      env: { ...choice.env, CHECKPOINT_DISABLE: "1" },
      maxBuffer: 2 ** 28,
    });
    if (stdout.trim() === "") throw new OperatorError("usage", `${folder} has no state yet: run 'cdktf deploy' first`);
    return { text: stdout, source: folder };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const { code, stderr = "", message } = error as { code?: unknown; stderr?: string; message: string };
    const problem = code === "ENOENT" ? `there is no ${terraform}` : errorOf(stderr) || message;
    throw new OperatorError(
      "usage",
      `the state of ${folder} could not be read: ${problem}: run 'cdktf deploy' there first, or give the state with --state`,
      { cause: error },
    );
  }
}

/** The first error of what Terraform says, without the boxes that it draws. */
function errorOf(stderr: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = stderr.replace(/\x1b\[\d*m/g, "").replace(/[\s│╷╵]+/g, " ");
  return /Error: (.{1,200}?)(?: Error: |$|\. )/.exec(plain)?.[1]?.trim() ?? plain.trim().slice(0, 200);
}

function readStateFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new OperatorError("usage", `'--state' must be a file that can be read: ${(error as Error).message}`);
  }
}

/**
 * The folder in which Terraform runs for a stack.
 *
 * @throws OperatorError where none or several could be meant
 */
export function stackFolder({ stack, cwd = process.cwd() }: Pick<StateChoice, "stack" | "cwd">): string {
  const start = stack ?? cwd;
  if (!existsSync(start)) throw new OperatorError("usage", `'--stack' must be a folder, got '${start}'`);
  if (hasConfiguration(start)) return start;
  const below = [join(start, STACKS), join(start, "stacks")].find((each) => existsSync(each));
  const names = below === undefined ? [] : readdirSync(below).filter((name) => hasConfiguration(join(below, name)));
  const [only, second] = names;
  if (below !== undefined && only !== undefined && second === undefined) return join(below, only);
  if (below === undefined || only === undefined) {
    throw new OperatorError(
      "usage",
      `${start} has no stack: run this where 'cdktf deploy' runs, or name the stack's folder with --stack`,
    );
  }
  throw new OperatorError("usage", `${below} has several stacks, ${names.join(", ")}: name one with --stack`);
}

function hasConfiguration(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.tf(\.json)?$/.test(name));
}
