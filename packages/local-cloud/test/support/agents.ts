import { execFile } from "node:child_process";
import type { AgentCommand, AgentOutcome, AutomationAgents } from "../../src/index.ts";

/** Agents that run every instance's commands on this machine, as its own user: for tests of short and harmless ones. */
export function agentsOfThisMachine(): AutomationAgents {
  return {
    status: () => "online",
    run: ({ script, workingDirectory, timeoutS }) =>
      new Promise((resolve) => {
        const options = { cwd: workingDirectory, timeout: timeoutS * 1000, encoding: "buffer" } as const;
        execFile("bash", ["-c", `exec 2>&1; ${script}`], options, (error, output) => {
          if (error?.killed) resolve({ kind: "timed out", output });
          else resolve({ kind: "exited", exitCode: typeof error?.code === "number" ? error.code : 0, output });
        });
      }),
  };
}

/** Agents that run nothing: the test says how they are, and ends their commands. */
export class PuppetAgents implements AutomationAgents {
  /** Of the instances that are not online. */
  readonly statuses = new Map<string, "offline" | "not installed">();
  /** The commands that they were given, in order. */
  readonly commands: AgentCommand[] = [];
  readonly #ends = new Map<string, (outcome: AgentOutcome) => void>();

  status(instanceId: string): "online" | "offline" | "not installed" {
    return this.statuses.get(instanceId) ?? "online";
  }

  run(command: AgentCommand): Promise<AgentOutcome> {
    this.commands.push(command);
    return new Promise((resolve) => this.#ends.set(command.instanceId, resolve));
  }

  /** Ends the command that runs on an instance. */
  end(instanceId: string, outcome: AgentOutcome): void {
    const end = this.#ends.get(instanceId);
    if (!end) throw new Error(`no command runs on '${instanceId}'`);
    this.#ends.delete(instanceId);
    end(outcome);
  }
}
