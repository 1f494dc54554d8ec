import { describe, expect, test } from "vitest";
import { parseChanges } from "../../src/deploy/deploy.ts";

describe("the last words of Terraform", () => {
  test.each([
    ["web-pair  Apply complete! Resources: 15 added, 1 changed, 0 destroyed.", [15, 1, 0]],
    ["\u001b[32mDestroy complete! Resources: 13 destroyed.\u001b[0m", [0, 0, 13]],
  ])("are read from %j", (output, [added, changed, destroyed]) => {
    expect(parseChanges(output)).toEqual({ added, changed, destroyed });
  });

  test("are missed where it does not say them", () => {
    expect(() => parseChanges("No.")).toThrow(/did not say what it has done:\nNo\./);
  });
});
