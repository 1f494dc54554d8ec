import { expect, test } from "vitest";
import { requirePairBuilt } from "../../src/operator/pair-command.ts";

test("refuses to begin where the operator's command is not built, and says how it is", () => {
  expect(() => requirePairBuilt("/no/such/pair.js")).toThrow(
    "the operator's command is not built, there is no /no/such/pair.js: npm run build:operator",
  );
  expect(() => requirePairBuilt(process.execPath)).not.toThrow();
});
