import { expect, test } from "vitest";
import { parseSequence } from "../../src/random/sequence.ts";
import { replayCommand } from "../../src/run/shrink-failures.ts";
import { parseOptions } from "../../src/cli/options.ts";

test("the command that is printed tries the sequence again", () => {
  const text = "node-crashed@primary:0-4000 api-slow@secondary:1500-6000";
  const command = replayCommand(parseSequence(text), "havip");
  expect(command).toBe(`npm run rehearse -- --mechanism havip --sequence "${text}"`);
  const argv = (command.match(/"[^"]*"|\S+/g) ?? []).slice(4).map((word) => word.replaceAll('"', ""));
  expect(parseOptions(argv)).toMatchObject({ faults: [text], mechanisms: ["havip"] });
});
