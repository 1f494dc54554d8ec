import { describe, expect, test } from "vitest";
import { plainOutput, wantsPlainOutput } from "../src/plain-output.ts";

/** What cdktf's CLI writes while it synthesizes: each frame wipes the one before it. */
const FRAMES = ["⠋  Synthesizing", "⠙  Synthesizing", "⠹  Deploying  web-pair", "⠸  Deploying  web-pair"];
const WIPE = "\u001b[2K\u001b[1A\u001b[2K\u001b[1A\u001b[2K\u001b[G";
const OUTPUT = `\n${FRAMES.map((frame) => `${frame}\n${WIPE}\n`).join("")}\u001b[1mApply complete!\u001b[0m\r\n`;
const PLAIN = "Synthesizing\n\nDeploying  web-pair\n\nApply complete!\n";

function linesOf(pieces: readonly string[]): string {
  let written = "";
  const take = plainOutput((text) => (written += text));
  for (const piece of pieces) take(piece);
  return written;
}

describe("output for a log", () => {
  test("has no colours and cursor movements, and each step of a spinner once", () => {
    expect(linesOf([OUTPUT])).toBe(PLAIN);
  });

  test("is the same however the output comes in pieces", () => {
    expect(linesOf([...OUTPUT])).toBe(PLAIN);
  });

  test("keeps what Terraform says, also twice", () => {
    const said = "tencentcloud_vpc.a: Still creating... [10s elapsed]\n";
    expect(linesOf([said, said])).toBe(said + said);
  });
});

describe("plain lines are written", () => {
  test.each<[string, boolean, NodeJS.ProcessEnv, boolean]>([
    ["to a file or a pipe", false, {}, true],
    ["to a terminal with NO_COLOR", true, { NO_COLOR: "1" }, true],
    ["to a terminal that can do no more", true, { TERM: "dumb" }, true],
  ])("%s", (_, isTTY, env, plain) => {
    expect(wantsPlainOutput(isTTY, env)).toBe(plain);
  });

  test.each([{}, { NO_COLOR: "" }])("but not to a terminal with %j", (env) => {
    expect(wantsPlainOutput(true, env)).toBe(false);
  });
});
