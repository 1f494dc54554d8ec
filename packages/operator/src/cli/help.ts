import { exitCodeLines } from "../exit-codes.ts";
import type { Command, OptionSpecs } from "./command.ts";

/** What `pair --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "usage: pair COMMAND [options]",
    "",
    "Looks at a running keepalived pair, and changes it, from a desk.",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "pair COMMAND --help says more of each, with examples; pair --version, which version this is.",
    "source <(pair completion bash), or zsh, lets the shell complete them.",
    "",
    "exit status:",
    ...exitCodeLines(),
  ].join("\n");
}

/** What `pair COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const positionals = command.positionals === undefined ? "" : ` ${command.positionals}`;
  return [
    `usage: pair ${command.name} [options]${positionals}`,
    "",
    command.description,
    "",
    ...optionLines(command.options),
    "",
    "examples:",
    ...command.examples.flatMap(({ line, purpose }) => [`  ${line}`, `      ${purpose}`]),
    "",
    "exit status:",
    ...exitCodeLines(),
  ].join("\n");
}

/** A line for each option, in its order. */
function optionLines(options: OptionSpecs): string[] {
  const shown = Object.entries(options).map(([name, { value, description }]) => ({
    left: value === undefined ? `--${name}` : `--${name} ${value}`,
    description,
  }));
  const width = Math.max(...shown.map(({ left }) => left.length));
  return shown.map(({ left, description }) => `  ${left.padEnd(width)}  ${description}`);
}
