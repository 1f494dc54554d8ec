import { spawn } from "node:child_process";
import { OperatorError } from "../operator-error.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";
import { DEFAULT_TIMEOUT_S, type NodeAccess, type NodeResult, UnreachableNodeError } from "./node-access.ts";

/** What ssh itself exits with where it fails. Source: ssh(1). */
const SSH_FAILED = 255;

/** How long ssh may take to connect, in seconds. */
const CONNECT_TIMEOUT_S = 5;

/**
 * Reaches the nodes with the system's own ssh, by their private addresses: a jump host, keys and ports stand in
 * `~/.ssh/config`. Any other user than root needs sudo without a password.
 *
 * @param login such as `ubuntu@`
 * @param program @default "ssh"
 * @throws OperatorError where the login is none
 */
export function sshAccess(login: string, program = "ssh"): NodeAccess {
  const user = /^([a-z_][\w.-]*)@$/i.exec(login)?.[1];
  if (user === undefined) {
    throw new OperatorError(
      "usage",
      `'--ssh' must be a user with an @, such as ubuntu@, got '${login}': the nodes' addresses are known`,
    );
  }
  const shell = user === "root" ? "sh -s" : "sudo -n sh -s";
  return {
    name: "SSH",
    run: (node, script, { timeoutS = DEFAULT_TIMEOUT_S } = {}) => {
      const options = ["-o", "BatchMode=yes", "-o", `ConnectTimeout=${CONNECT_TIMEOUT_S}`, "-T"];
      return execute(node, [program, ...options, `${login}${node.privateIp}`, shell], script, timeoutS);
    },
  };
}

function execute(
  node: DeployedNode,
  [program = "", ...args]: readonly string[],
  script: string,
  timeoutS: number,
): Promise<NodeResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], timeout: timeoutS * 1_000 });
    let output = "";
    let problem = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (problem += text));
    // A connection that ends early leaves nobody who reads the script; the exit status says so.
    child.stdin.on("error", () => undefined).end(script);
    child.once("error", (error) => reject(new UnreachableNodeError(node, `${program}: ${error.message}`)));
    child.once("close", (exitStatus, signal) => {
      if (signal !== null) reject(new UnreachableNodeError(node, `no answer within ${timeoutS} s by ${program}`));
      else if (exitStatus === SSH_FAILED) reject(new UnreachableNodeError(node, problem.trim() || `${program} failed`));
      else resolve({ exitStatus: exitStatus ?? 1, output: output + problem });
    });
  });
}
