import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { hasCommand, openQuote } from "../../constructs/pair/shell-text";

test.each<[string, string, number]>([
  ["a single quote", "echo 'a", 5],
  ["a double quote", 'logger "now $1', 7],
  ["a quote of the next line", "true # don't\necho 'it is", 18],
  ["a quote behind an escaped one", "echo \\' 'a", 8],
  ["a double quote at whose end is an escaped one", 'echo "a\\"', 5],
  ["the apostrophe of a word", "logger we don't serve", 13],
])("finds %s that nothing closes", (_, script, index) => {
  expect(openQuote(script)).toEqual({ quote: script[index], index });
});

test.each([
  ["a quote in a comment", "true # don't"],
  ["a quote in a here-document", "cat <<EOF\ndon't\nEOF"],
  ["a quote behind the end of the script", "exit 0\ndon't"],
  ["quotes within a substitution", 'echo "$(echo "a")"'],
  ["a quote within an expansion", "echo ${x:-don\\'t}"],
  ["a # within a word", "echo a#'b\nc'"],
  ["a # in a word that goes on in the next line", "echo a\\\n#'b\nc'"],
  ["quotes of several lines", "awk '\n{ print }\n'"],
  ["an escaped quote", "echo don\\'t"],
  ["a quote in the other kind of quotes", `echo "don't" '"'`],
  ["what is known only at apply", "echo ${TfToken[TOKEN.0]} 'a"],
])("says nothing of %s", (_, script) => expect(openQuote(script)).toBeUndefined());

test.each<[string, boolean]>([
  ["", false],
  ["# true", false],
  ["#!/bin/sh\n\n\t# true\n", false],
  ["true # well", true],
  ["#!/bin/sh\n  true", true],
])("sees whether %j has a command", (script, expected) => expect(hasCommand(script)).toBe(expected));

describe.each([
  ["/bin/sh", []],
  ["/bin/bash", ["--posix"]],
])("%s refuses what is refused here", (shell, options) => {
  const PARTS = [
    "echo ",
    "'",
    '"',
    "\\",
    "#",
    "\n",
    " ",
    "a",
    "$x",
    "${x}",
    "$(",
    ")",
    "`",
    "<<E\n",
    ";",
    "$'",
    "${x#",
    "}",
  ];

  test("whatever odd parts a script is made of", () => {
    // Always the same scripts: the numbers are of the generator of Numerical Recipes.
    let state = 1;
    const part = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return PARTS[(state >>> 16) % PARTS.length] ?? "";
    };
    const scripts = Array.from({ length: 4000 }, () => `echo ${Array.from({ length: 7 }, part).join("")}`);
    const refused = [...new Set(scripts)].filter((script) => openQuote(script) !== undefined);
    expect(refused.length).toBeGreaterThan(100);
    // One shell for all of them: it reads each without running it.
    const check = `for script; do ${[shell, ...options].join(" ")} -n -c "$script" 2>/dev/null && printf '%s\\n' "$script"; done; :`;
    expect(execFileSync("/bin/sh", ["-c", check, "sh", ...refused], { encoding: "utf8" })).toBe("");
  });
});
