/** A command for the automation agent (TAT) of an instance. */
export interface AgentCommand {
  readonly instanceId: string;
  /** The script, in the shell's language. */
  readonly script: string;
  /** The user that it runs as. */
  readonly username: string;
  /** An absolute path. */
  readonly workingDirectory: string;
  /** How long it may run, in seconds; then the agent ends it. */
  readonly timeoutS: number;
}

/** How an agent's command has ended. */
export type AgentOutcome =
  /** It ran to its end. Standard output and standard error go into one output, as they come. */
  | { readonly kind: "exited"; readonly exitCode: number; readonly output: Buffer }
  /** Its time was over, and the agent has ended it. */
  | { readonly kind: "timed out"; readonly output: Buffer }
  /** The agent could not start it, such as for a user that does not exist. */
  | { readonly kind: "not started"; readonly reason: string }
  /** The agent was lost meanwhile: its instance went down. */
  | { readonly kind: "lost" };

/** The agents of the instances, which run what RunCommand is given. The cloud itself runs nothing. */
export interface AutomationAgents {
  /** Whether an instance has an agent, and whether it is connected; asked for instances that are RUNNING only. */
  status(instanceId: string): "online" | "offline" | "not installed";
  /** Runs a command to its end. Does not reject: how it ended is the answer. */
  run(command: AgentCommand): Promise<AgentOutcome>;
}

/** Where the agents are plugged in. */
export interface Automation {
  /** Absent: every instance has an agent, and all of them are offline. */
  agents?: AutomationAgents;
}
