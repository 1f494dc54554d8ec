import type { CommandWords, ValueKind } from "./words.ts";

/**
 * A script for bash which completes `pair`. It needs no other: the package bash-completion is not on every machine.
 *
 * @param extra what may be typed in the place of a command, too
 */
export function bashCompletion(commands: readonly CommandWords[], extra: readonly string[]): string {
  const names = [...commands.map(({ name }) => name), ...extra];
  return `# Completes pair in bash: source <(pair completion bash)
_pair() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]-} words="" file=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names.join(" ")}"
  else
    case "$command $previous" in
${valueCases(commands)}
    esac
    case $command in
${commands.map(commandCase).join("\n")}
      completion) words="bash zsh" ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ -n "$file" ] && [[ $current != -* ]]; then _pair_paths -f "$current"; fi
}
# Names with spaces stay one word each.
_pair_paths() {
  compopt -o filenames 2>/dev/null
  local path
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
}
complete -F _pair pair
`;
}

/** After an option that takes a value, only that value is completed. */
function valueCases(commands: readonly CommandWords[]): string {
  const actions: Readonly<Record<ValueKind, string>> = {
    file: 'COMPREPLY=(); _pair_paths -f "$current"; return',
    folder: 'COMPREPLY=(); _pair_paths -d "$current"; return',
    "own words": "COMPREPLY=(); return",
  };
  return Object.entries(actions)
    .flatMap(([kind, action]) => {
      const patterns = commands.flatMap(({ name, options }) =>
        options.filter(({ value }) => value?.kind === kind).map(({ option }) => `"${name} ${option}"`),
      );
      return patterns.length === 0 ? [] : [`      ${patterns.join(" | ")}) ${action} ;;`];
    })
    .join("\n");
}

function commandCase({ name, options, positional }: CommandWords): string {
  const words = [...positional.words, ...options.map(({ option }) => option)].join(" ");
  return `      ${name}) words="${words}"${positional.isFile ? " file=yes" : ""} ;;`;
}
