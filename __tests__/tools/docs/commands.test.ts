import { expect, test } from "vitest";
import { commandsOf, shellBlocks } from "../../../tools/docs/commands";

const PAGE = `# A page
## One
\`\`\`sh
npm ci && \\
  npm start
# a comment
ls
\`\`\`
Text.
\`\`\`ts
const notShell = 1;
\`\`\`
\`\`\`sh
true
\`\`\`
## Two
`;

test("the blocks of a section are those of its shell, and of no other section", () => {
  expect(shellBlocks(PAGE, "One")).toEqual(["npm ci && \\\n  npm start\n# a comment\nls\n", "true\n"]);
});

test("the blocks of a whole page are those of all its sections", () => {
  expect(shellBlocks(`${PAGE}\`\`\`sh\nfalse\n\`\`\`\n`)).toEqual([...shellBlocks(PAGE, "One"), "false\n"]);
});

test("a command goes on behind a backslash, and a comment is none", () => {
  expect(shellBlocks(PAGE, "One").flatMap(commandsOf)).toEqual(["npm ci && \\\n  npm start", "ls", "true"]);
});

test("refuses a page that does not have the section, or no command in it", () => {
  expect(() => shellBlocks(PAGE, "Three")).toThrow("the page has no section 'Three'");
  expect(() => shellBlocks(PAGE, "Two")).toThrow("the section 'Two' has no block of shell");
});
