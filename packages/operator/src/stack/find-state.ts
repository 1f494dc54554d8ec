import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { OperatorError } from "../operator-error.ts";
import { GET_TERRAFORM, runChild } from "../plan/child.ts";

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
  const pulled = await pullState(folder, choice.env);
  if ("problem" in pulled) {
    throw new OperatorError(
      "usage",
      `the state of ${folder} could not be read: ${pulled.problem}: run 'cdktf deploy' there first, or give the state with --state`,
      { cause: pulled.cause },
    );
  }
  if (pulled.text.trim() === "")
    throw new OperatorError("usage", `${folder} has no state yet: run 'cdktf deploy' first`);
  return { text: pulled.text, source: folder };
}

/** Where a state is asked for that may be lost. */
export interface KnownStateChoice extends Pick<StateChoice, "state" | "env"> {
  /** The folder in which Terraform runs. */
  readonly folder: string;
  /** Gets a line where Terraform has to be prepared. */
  readonly progress: (line: string) => void;
  readonly interruption: AbortSignal;
}

/**
 * Gets the state of a stack, or of a file, where there is one. A folder in which Terraform has not run yet is prepared first,
 * by `terraform init`: only then does it know where the state is.
 *
 * @returns undefined where there is none: it is lost, or there was none yet
 * @throws OperatorError where it cannot be read: that it is not there must be known
 */
export async function findKnownState({
  state,
  folder,
  env,
  progress,
  interruption,
}: KnownStateChoice): Promise<FoundState | undefined> {
  if (state !== undefined) return { text: readStateFile(state), source: state };
  let pulled = await pullState(folder, env);
  if ("problem" in pulled) {
    progress(`terraform init in ${folder}`);
    await initialize(folder, env, interruption);
    pulled = await pullState(folder, env);
  }
  if ("problem" in pulled) {
    throw new OperatorError("unknown", `the state of ${folder} could not be read: ${pulled.problem}`, {
      cause: pulled.cause,
    });
  }
  return pulled.text.trim() === "" ? undefined : { text: pulled.text, source: folder };
}

async function initialize(cwd: string, env: NodeJS.ProcessEnv, interruption: AbortSignal): Promise<void> {
  const surroundings = { cwd, env: { ...env, CHECKPOINT_DISABLE: "1" }, interruption };
  const args = ["init", "-input=false", "-no-color"];
  const { status, said } = await runChild(terraformOf(env), args, surroundings, GET_TERRAFORM);
  if (status === 0) return;
  throw new OperatorError("unknown", `the state of ${cwd} could not be read: terraform init: ${errorOf(said)}`);
}

/** Which Terraform is run. */
const terraformOf = (env: NodeJS.ProcessEnv) => env["TERRAFORM_BINARY_NAME"] || "terraform";

/** What `terraform state pull` printed, blank where there is no state; or why it failed. */
type Pulled = { readonly text: string } | { readonly problem: string; readonly cause: unknown };

async function pullState(folder: string, env: NodeJS.ProcessEnv): Promise<Pulled> {
  const terraform = terraformOf(env);
  try {
    const { stdout } = await promisify(execFile)(terraform, ["state", "pull"], {
      cwd: folder,
      env: { ...env, CHECKPOINT_DISABLE: "1" },
      maxBuffer: 2 ** 28,
    });
    return { text: stdout };
  } catch (error) {
    const { code, stderr = "", message } = error as { code?: unknown; stderr?: string; message: string };
    return { problem: code === "ENOENT" ? `there is no ${terraform}` : errorOf(stderr) || message, cause: error };
  }
}

/** How much of an error of Terraform's is shown, in characters. */
const ERROR_CHARACTERS = 200;

/** The first sentence of the first error of what Terraform says, without the boxes that it draws, and its warnings before it. */
function errorOf(stderr: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = stderr.replace(/\x1b\[\d*m/g, "").replace(/[\s│╷╵]+/g, " ");
  const [, error = plain] = plain.split(/\bError: /);
  const [sentence = error] = error.split(/\. |\.$/);
  return sentence.trim().slice(0, ERROR_CHARACTERS);
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
