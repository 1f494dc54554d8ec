import { expect, test } from "vitest";
import { explainInit } from "../src/prerequisites.ts";

test("knows by Terraform's words that the provider cannot be had", () => {
  const words = "Error: Failed to query available provider packages\n\nCould not retrieve the list of versions";
  expect(explainInit(words)).toContain("Terraform cannot get the provider tencentcloudstack/tencentcloud");
});

test("says nothing about the provider where the problem is another one", () => {
  expect(explainInit("Error: Invalid resource type")).toBeUndefined();
});
