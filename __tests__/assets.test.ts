import { expect, test } from "vitest";
import { readAsset } from "../constructs/assets";

test("refuses an asset that is missing, which the built hook is before the first build", () => {
  expect(() => readAsset("migration-hook/missing.js")).toThrow(
    /assets\/migration-hook\/missing\.js cannot be read \(ENOENT.*build it with 'npm run build'/,
  );
});
