import ts from "typescript";
import { expect, test } from "vitest";
import { withoutDocComments } from "../../../tools/package/doc-comments";

const COMPILED = `"use strict";
/** What it is. */
class Pair {
    /**
     * Where it is.
     *
     * @default "here"
     */
    place = "here";
    // Why it is so.
    text() {
        return \`/** no comment */ \${this.place}\`;
    }
}
/** One, and two. */
exports.one = 1, exports.Pair = Pair;
`;

test("leaves each line of code where it was, and other comments and texts as they are", () => {
  const shortened = withoutDocComments(COMPILED);
  const kept = COMPILED.split("\n").map((line) => (/^ *(\/\*\*|\*)/.test(line) ? "" : line));
  expect(shortened.split("\n")).toEqual(kept);
});

test("changes nothing of what is run", () => {
  const minified = (text: string) =>
    ts.transpileModule(text, { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2023 } }).outputText;
  expect(minified(withoutDocComments(COMPILED))).toBe(minified(COMPILED));
});

test("leaves a source's types where they were", () => {
  const source = "/** What\n * it is. */\nexport interface One {\n  /** Its size. */\n  readonly size: number;\n}\n";
  expect(withoutDocComments(source)).toBe("\n\nexport interface One {\n\n  readonly size: number;\n}\n");
});
