import { CloudError } from "../../../api/errors.ts";

/** The limits of RunCommand. Source: the TAT API's description of its parameters. */
const limits = {
  /** Of the content after base64, in bytes. */
  content: 64 * 1024,
  instances: 200,
  /** In bytes. */
  name: 60,
  /** In characters. */
  description: 120,
  timeoutS: { min: 1, max: 86_400 },
} as const;

const commandTypes = ["SHELL", "POWERSHELL", "BAT"];

/** What is checked of a command, whichever instances it is for. */
export interface CheckedCommand {
  readonly Content: string;
  readonly CommandName: string;
  readonly Description: string;
  readonly CommandType: string;
  readonly WorkingDirectory: string;
  readonly Timeout: number;
  readonly Username: string;
}

/**
 * Whether the command can be one.
 *
 * @throws CloudError `InvalidParameterValue` with the parameter's own code
 */
export function checkCommand(command: CheckedCommand): void {
  checkContent(command.Content);
  checkTexts(command);
  const { CommandType, Timeout } = command;
  if (!commandTypes.includes(CommandType)) {
    throw new CloudError(
      "InvalidParameterValue",
      `The value of \`CommandType\` is one of ${commandTypes.join(", ")}, got \`${CommandType}\`.`,
    );
  }
  // The instances here all run Linux.
  if (CommandType !== "SHELL") {
    throw new CloudError(
      "InvalidParameterValue.AgentUnsupportedCommandType",
      `The agents on Linux do not run commands of the type \`${CommandType}\`.`,
    );
  }
  const { min, max } = limits.timeoutS;
  if (Timeout < min || Timeout > max) {
    throw new CloudError("InvalidParameterValue.Range", `\`Timeout\` is ${min} to ${max} seconds, got ${Timeout}.`);
  }
}

function checkContent(content: string): void {
  if (content.length > limits.content) {
    throw new CloudError(
      "InvalidParameterValue.TooLong",
      `\`Content\` has at most ${limits.content} bytes, got ${content.length}.`,
    );
  }
  if (content === "" || Buffer.from(content, "base64").toString("base64") !== content) {
    throw new CloudError("InvalidParameterValue.CommandContentInvalid", "`Content` is not a command in base64.");
  }
}

function checkTexts({ CommandName, Description, WorkingDirectory, Username }: CheckedCommand): void {
  if (!/^[\p{Script=Han}\w.-]*$/u.test(CommandName) || Buffer.byteLength(CommandName) > limits.name) {
    throw new CloudError(
      "InvalidParameterValue.InvalidCommandName",
      `\`CommandName\` has letters, digits, \`_\`, \`-\` and \`.\`, at most ${limits.name} bytes, got \`${CommandName}\`.`,
    );
  }
  if (Description.length > limits.description) {
    throw new CloudError(
      "InvalidParameterValue.TooLong",
      `\`Description\` has at most ${limits.description} characters, got ${Description.length}.`,
    );
  }
  if (!WorkingDirectory.startsWith("/")) {
    throw new CloudError(
      "InvalidParameterValue.InvalidWorkingDirectory",
      `\`WorkingDirectory\` is an absolute path, got \`${WorkingDirectory}\`.`,
    );
  }
  if (!/^[a-z_][\w.-]{0,31}$/i.test(Username)) {
    throw new CloudError(
      "InvalidParameterValue.InvalidUsername",
      `\`Username\` is not the name of a user: \`${Username}\`.`,
    );
  }
}

/**
 * Whether a call may name so many instances.
 *
 * @throws CloudError `InvalidParameterValue.LimitExceeded`
 */
export function checkInstanceCount(count: number): void {
  if (count <= limits.instances) return;
  throw new CloudError(
    "InvalidParameterValue.LimitExceeded",
    `\`InstanceIds\` has at most ${limits.instances} instances, got ${count}.`,
  );
}
