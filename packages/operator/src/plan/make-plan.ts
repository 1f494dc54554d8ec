import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { OperatorError } from "../operator-error.ts";
import { type ChildSurroundings, type Ended, GET_TERRAFORM, runChild } from "./child.ts";
import { withPlanFolder } from "./plan-folder.ts";
import { withoutSecrets } from "./user-data/secrets.ts";

/** What a plan is made of. */
export interface PlanRequest {
  /** The folder of the project, which has `cdktf.json`. */
  readonly folder: string;
  /** @default - the only one of the app */
  readonly stack?: string | undefined;
  /** Plans to take everything down. */
  readonly destroy: boolean;
  /** Addresses of resources to be replaced though nothing of them changes. */
  readonly replace: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: AbortSignal;
  /** Gets a line for each step. */
  readonly progress: (line: string) => void;
}

/**
 * Synthesizes the app of a project, as `cdktf deploy` does, and has Terraform plan it. Nothing in the cloud is changed.
 *
 * @returns what `terraform show -json` prints of the plan, one that Terraform itself refuses included
 * @throws OperatorError where there is no app, or a program fails
 */
export async function makePlan(request: PlanRequest): Promise<Buffer> {
  const folder = resolve(request.folder);
  const { app, output } = projectOf(folder);
  request.progress(`synthesizing: ${app}`);
  const outdir = resolve(folder, output);
  const around = { env: request.env, interruption: request.interruption };
  const env = { ...request.env, CDKTF_OUTDIR: outdir, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "" };
  const synth = await runChild("sh", ["-c", app], { ...around, cwd: folder, env }, "a shell is needed");
  if (synth.status !== 0) throw failed("synthesizing", synth);
  const stackFolder = join(outdir, workingDirectory(outdir, request.stack));
  return planIn(stackFolder, request, { ...around, cwd: stackFolder });
}

async function planIn(
  folder: string,
  { env, destroy, replace, progress }: PlanRequest,
  around: ChildSurroundings,
): Promise<Buffer> {
  const terraform = env["TERRAFORM_BINARY_NAME"] || "terraform";
  const run = (...args: readonly string[]) => runChild(terraform, args, around, GET_TERRAFORM);
  progress(`terraform init in ${folder}`);
  const init = await run("init", "-input=false", "-no-color");
  if (init.status !== 0) throw failed("'terraform init'", init);
  return withPlanFolder(async (temporary) => {
    const file = join(temporary, "plan.bin");
    progress("terraform plan");
    const options = [...(destroy ? ["-destroy"] : []), ...replace.map((address) => `-replace=${address}`)];
    const plan = await run("plan", "-input=false", "-no-color", `-out=${file}`, ...options);
    // One that Terraform refuses is written as well, with its reasons.
    if (!existsSync(file)) throw failed("'terraform plan'", plan);
    const shown = await run("show", "-json", file);
    if (shown.status !== 0) throw failed("'terraform show'", shown);
    return shown.stdout;
  });
}

function projectOf(folder: string): { readonly app: string; readonly output: string } {
  const file = join(folder, "cdktf.json");
  const project = readJson(file);
  if (project === undefined) {
    throw new OperatorError(
      "usage",
      `there is no cdktf.json that can be read in ${folder}: run this in the project's folder, name it with --project, or ` +
        "give the plan of 'terraform show -json'",
    );
  }
  const { app, output } = project;
  if (typeof app !== "string")
    throw new OperatorError("usage", `${file} has no 'app': say there how it is synthesized`);
  return { app, output: typeof output === "string" ? output : "cdktf.out" };
}

/** Where a stack was synthesized to, in the folder of the output, as cdktf's manifest has it. */
function workingDirectory(outdir: string, wanted: string | undefined): string {
  const manifest = readJson(join(outdir, "manifest.json")) as
    { readonly stacks?: Readonly<Record<string, { readonly workingDirectory: string }>> } | undefined;
  const stacks = Object.entries(manifest?.stacks ?? {});
  const names = stacks.map(([name]) => name).join(", ");
  if (wanted === undefined && stacks.length > 1) {
    throw new OperatorError("usage", `the app has ${stacks.length} stacks: name one of ${names} with --stack`);
  }
  const found = wanted === undefined ? stacks[0] : stacks.find(([name]) => name === wanted);
  if (found === undefined) {
    const problem =
      wanted === undefined ? "the app has made no stack" : `'--stack' must be one of ${names}, got '${wanted}'`;
    throw new OperatorError("usage", `${problem}: see ${outdir}`);
  }
  return found[1].workingDirectory;
}

function readJson(file: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** How much of what a program said is shown. */
const LAST_CHARACTERS = 3000;

function failed(what: string, { status, said }: Ended): OperatorError {
  const end = withoutSecrets(said.trim().slice(-LAST_CHARACTERS));
  return new OperatorError("unknown", `${what} ended with ${status}, so that there is no plan to look at:\n${end}`);
}
