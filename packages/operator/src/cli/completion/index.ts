import type { Command } from "../command.ts";
import { UsageError } from "../../operator-error.ts";
import { bashCompletion } from "./bash.ts";
import { wordsOf } from "./words.ts";
import { zshCompletion } from "./zsh.ts";

/** What `pair` takes in the place of a command, with what it does. */
export const EXTRA_WORDS = {
  completion: "print what lets a shell complete this command: bash or zsh",
  help: "say what there is",
} as const;

/**
 * What `pair completion SHELL` prints.
 *
 * @throws UsageError for another shell
 */
export function completion(commands: readonly Command[], args: readonly string[]): string {
  const [shell = "", ...rest] = args;
  if (rest.length === 0 && shell === "bash") return bashCompletion(wordsOf(commands), Object.keys(EXTRA_WORDS));
  if (rest.length === 0 && shell === "zsh") return zshCompletion(wordsOf(commands), EXTRA_WORDS);
  throw new UsageError(`the shell must be bash or zsh, got '${args.join(" ")}': source <(pair completion bash)`);
}
