import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { agrees, NobodyToAskError } from "../src/ask.ts";

const never = new AbortController().signal;

function terminal(answer: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(`${answer}\n`);
  return { input, output: new PassThrough() };
}

test.each([
  ["y", true],
  ["Yes", true],
  ["", false],
  ["n", false],
  ["yesterday", false],
])("'%s' is the answer: goes on: %s", async (answer, expected) => {
  expect(await agrees("Go on?", terminal(answer), never)).toBe(expected);
});

test("refuses to go on where nobody can be asked, and names --yes", async () => {
  const asked = agrees("Go on?", { input: new PassThrough(), output: new PassThrough() }, never);
  await expect(asked).rejects.toThrow(NobodyToAskError);
  await expect(agrees("Go on?", { input: new PassThrough(), output: new PassThrough() }, never)).rejects.toThrow(
    "--yes",
  );
});
