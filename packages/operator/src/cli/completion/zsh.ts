import type { CommandWords, OptionWords, ValueKind } from "./words.ts";

/**
 * A script for zsh which completes `pair`, with what each word is: to be sourced behind `compinit`, or a file `_pair` in a
 * folder of `fpath`.
 *
 * @param extra what may be typed in the place of a command, too, with what it is
 */
export function zshCompletion(commands: readonly CommandWords[], extra: Readonly<Record<string, string>>): string {
  const names = [...commands.map(({ name, summary }) => [name, summary] as const), ...Object.entries(extra)];
  return `#compdef pair
# Completes pair in zsh: source <(pair completion zsh), behind compinit
_pair() {
  local -a commands
  commands=(
${names.map(([name, summary]) => `    ${quoted(`${name}:${summary}`)}`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${commands.map(commandCase).join("\n")}
    completion) _arguments '1:shell:(bash zsh)' ;;
  esac
}
if [ "$funcstack[1]" = _pair ]; then _pair "$@"; else compdef _pair pair; fi
`;
}

function commandCase({ name, options, positional }: CommandWords): string {
  const specs = options.map(optionSpec);
  if (positional.words.length > 0) specs.push(quoted(`1:node:(${positional.words.join(" ")})`));
  if (positional.isFile) specs.push(quoted("1:plan:_files"));
  return `    ${name}) _arguments ${specs.join(" \\\n      ")} ;;`;
}

const COMPLETED_BY: Readonly<Record<ValueKind, string>> = { file: "_files", folder: "_files -/", "own words": " " };

function optionSpec({ option, description, value, isRepeatable }: OptionWords): string {
  const action = value === undefined ? "" : `:${escaped(value.name)}:${COMPLETED_BY[value.kind]}`;
  return quoted(`${isRepeatable ? "*" : ""}${option}[${escaped(description)}]${action}`);
}

/** What ends a description or a message for `_arguments`. */
const escaped = (text: string) => text.replace(/[\\[\]:]/g, "\\$&");

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
