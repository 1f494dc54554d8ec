import { expect, test } from "vitest";
import { readAsset } from "../constructs/assets";

test("refuses an asset that is missing, which the built pairctl is before the first build", () => {
  expect(() => readAsset("pairctl/missing.js")).toThrow(
    /assets\/pairctl\/missing\.js cannot be read \(ENOENT.*build it with 'npm run build'/,
  );
});
