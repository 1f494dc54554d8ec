import { hasHalfOfPair } from "./losses";

/** What is wrong with a text that is to stand in keepalived.conf, and what to do. */
export interface BlockProblem {
  readonly problem: string;
  readonly remedy: string;
}

/** The keywords that keepalived.conf(5) of 1.2.8 to 2.4 has outside of every block, but for those that are ours. */
const TOP_LEVEL = [
  ...["virtual_server", "virtual_server_group", "SSL", "vrrp_script", "vrrp_track_process", "vrrp_track_file"],
  ...["track_process", "track_file", "track_group", "static_track_group", "bfd_instance", "garp_group", "include"],
  ...["static_ipaddress", "static_routes", "static_rules", "linkbeat_interfaces", "linkbeat_use_polling"],
];

/** What the pair itself says, once: a second one would be of another pair, or replace ours. */
const OURS: Readonly<Record<string, string>> = {
  global_defs: "set what you need in a file of your own, and 'include' it",
  vrrp_instance: "give each virtual address a KeepalivedPair, or put it into additionalVirtualIps",
  vrrp_sync_group: "addresses that move together go into additionalVirtualIps",
};

/**
 * Says why a text cannot be added to keepalived.conf: keepalived skips or misreads much that is wrong there, and what
 * follows it is then read as something else.
 *
 * @returns undefined where it can
 */
export function whyNoBlocks(text: string): BlockProblem | undefined {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test(text)) {
    return {
      problem: "must be text with the line ends of Unix, LF, and has another control character",
      remedy: "remove it",
    };
  }
  if (hasHalfOfPair(text)) {
    return { problem: "must be text, and has half of a surrogate pair", remedy: "write the whole character" };
  }
  let depth = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const at = `in line ${index + 1}`;
    const words = wordsOf(line);
    if (words === undefined)
      return { problem: `must close its quotes, and does not ${at}`, remedy: 'add the missing "' };
    if (words.some((word) => !word.startsWith('"') && /\s/.test(word))) {
      const problem = `must have plain blanks or tabs between its words, and has another blank or a byte order mark ${at}`;
      return { problem, remedy: "remove it, or type the blank anew" };
    }
    if (depth === 0) {
      const wrong = whyNotTopLevel(words, at);
      if (wrong !== undefined) return wrong;
    }
    for (const word of words) {
      if (word === "{") depth += 1;
      else if (word === "}") depth -= 1;
      else if (/^[^$"{]*\{$|^[^"{]+\}$/.test(word)) {
        return { problem: `must have a blank around each brace, and has none ${at}`, remedy: "add it" };
      }
      if (depth < 0)
        return { problem: `must open each brace that it closes, and does not ${at}`, remedy: "remove the }" };
    }
  }
  if (depth > 0)
    return { problem: `must close each brace that it opens, and lacks ${depth}`, remedy: "add the missing }" };
  return undefined;
}

function whyNotTopLevel(words: readonly string[], at: string): BlockProblem | undefined {
  // Also behind a condition, a repetition or the name of a definition: `@east vrrp_instance`, `$INSTANCE=vrrp_instance`.
  const [first = ""] = words;
  const candidates = /^[$@~%]/.test(first) ? words.map((word) => word.replace(/^\$\w+=/, "")) : [first];
  const ours = candidates.find((word) => Object.hasOwn(OURS, word));
  if (ours !== undefined)
    return { problem: `must not have a ${ours} of its own, and has one ${at}`, remedy: OURS[ours] ?? "" };
  // A closing brace is found by its depth. `$` defines a word, `@` is a condition, `~` and `%` repeat.
  if (first === "" || /^[{}$@~%]/.test(first) || TOP_LEVEL.includes(first)) return undefined;
  return {
    problem: `must consist of keepalived's blocks, and there is another word ${at}`,
    remedy: `begin each with one of ${TOP_LEVEL.join(", ")}`,
  };
}

/**
 * The words of a line without its comment, or undefined where a quote is not closed. Only blanks and tabs end a word, as
 * in keepalived; to `\s` a byte order mark and a non-breaking space are blanks as well.
 */
function wordsOf(line: string): string[] | undefined {
  const words: string[] = [];
  for (const [word] of line.matchAll(/"[^"]*"|"|[#!].*|[^ \t"#!]+/g)) {
    if (word === '"') return undefined;
    if (/^[#!]/.test(word)) break;
    words.push(word);
  }
  return words;
}
