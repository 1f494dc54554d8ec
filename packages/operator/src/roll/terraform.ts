import { spawn } from "node:child_process";
import { join } from "node:path";
import { OperatorError } from "../operator-error.ts";
import { withPlanFolder } from "../plan/plan-folder.ts";
import type { PlanJson } from "../plan/plan-json.ts";
import { readPlan } from "../plan/read-plan.ts";

/** How long another Terraform may have the state, such as that of a command that was killed and goes on without it. */
const LOCK_TIMEOUT_S = 300;
const LOCK_TIMEOUT = `-lock-timeout=${LOCK_TIMEOUT_S}s`;

/** What Terraform says once it waits for the state. */
const WAITS = "Acquiring state lock";

/** Terraform in the folder of a stack. */
export interface TerraformOptions {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Lets Terraform finish what it has begun, and end. */
  readonly interruption: AbortSignal;
  /** Gets a line where it has to wait. */
  readonly progress: (line: string) => void;
}

/**
 * Plans what would change. It asks the cloud first, so that what was done by hand or half is known.
 *
 * @param more arguments, such as `-replace=…`
 * @throws OperatorError `refused` where Terraform refuses to plan it; `locked` where another one has the state
 */
export async function makePlan(options: TerraformOptions, more: readonly string[] = []): Promise<PlanJson> {
  return withPlanFolder(async (scratch) => {
    const file = join(scratch, "plan");
    const planned = await terraform(options, [
      "plan",
      "-input=false",
      "-no-color",
      LOCK_TIMEOUT,
      `-out=${file}`,
      ...more,
    ]);
    if (planned.status !== 0) {
      const locked = stateLockOf(planned.said);
      if (locked !== undefined) throw new OperatorError("locked", locked);
      throw new OperatorError("refused", `Terraform does not plan it: ${problemOf(planned.said)}`);
    }
    const shown = await terraform(options, ["show", "-json", file]);
    if (shown.status !== 0) throw new OperatorError("unknown", `the plan cannot be read: ${problemOf(shown.said)}`);
    return readPlan(Buffer.from(shown.output), "the plan");
  });
}

/**
 * Carries out what is planned, without a question.
 *
 * @param more arguments, such as `-target=…`
 * @throws OperatorError `stopped` where it fails; run again, it goes on from there
 */
export async function apply(options: TerraformOptions, more: readonly string[]): Promise<void> {
  const { status, said } = await terraform(options, [
    "apply",
    "-auto-approve",
    "-input=false",
    "-no-color",
    LOCK_TIMEOUT,
    ...more,
  ]);
  if (status === 0) return;
  throw new OperatorError(
    options.interruption.aborted ? "interrupted" : "stopped",
    `Terraform has not carried it out: ${stateLockOf(said) ?? problemOf(said)}`,
  );
}

interface TerraformResult {
  readonly status: number;
  /** Its standard output. */
  readonly output: string;
  /** All that it said. */
  readonly said: string;
}

/**
 * In a process group of its own: a Ctrl-C of the terminal's would reach it beside ours, and two of them make it give up at
 * once. Where this process is killed, it goes on to its end.
 */
function terraform(options: TerraformOptions, args: readonly string[]): Promise<TerraformResult> {
  const { folder, env, interruption, progress } = options;
  const program = env["TERRAFORM_BINARY_NAME"] || "terraform";
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const interrupt = () => void child.kill("SIGINT");
  interruption.addEventListener("abort", interrupt, { once: true });
  let output = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (`${said}${text}`.includes(WAITS) && !said.includes(WAITS)) {
      progress(`another Terraform has the state: waiting for it, for up to ${LOCK_TIMEOUT_S / 60} minutes`);
    }
    output += text;
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new OperatorError("usage", `${program} cannot be run: ${error.message}`)));
    child.once("close", (status) => {
      interruption.removeEventListener("abort", interrupt);
      resolve({ status: status ?? 1, output, said });
    });
  });
}

/**
 * Who has the state, and what to do; undefined where Terraform failed for another reason. A lock in a shared backend outlives
 * the Terraform that took it and was killed; that of a local file ends with it.
 */
function stateLockOf(said: string): string | undefined {
  if (!said.includes("Error acquiring the state lock")) return undefined;
  const told = (key: string) => new RegExp(`\\b${key}:[ \\t]+(\\S.*?)\\s*$`, "m").exec(said)?.[1];
  // The HTTP backend names the owner's lock here, and shows the one that was asked for below it.
  const other = /already locked:\s+(?:│\s+)?ID=([\w-]+)/.exec(said)?.[1];
  const id = other ?? told("ID");
  const owner = other === undefined && id !== undefined ? `, of ${told("Who")} since ${told("Created")}` : "";
  // Some backends say only why they do not give it.
  const unlock = id === undefined ? "" : `, 'terraform force-unlock ${id}' in the stack's folder gives the state back`;
  return (
    `another Terraform has the state${owner}: wait until it has ended, and run this again; where it was killed and runs no ` +
    `more${unlock === "" ? `, ${problemOf(said)}` : unlock}`
  );
}

/** What Terraform says of an error, without its boxes. */
function problemOf(said: string): string {
  const plain = said.replace(/[\s│╷╵]+/g, " ");
  return /Error: (.*)/.exec(plain)?.[1]?.trim().slice(0, 600) ?? plain.trim().slice(-300);
}
