import { expect, test } from "vitest";
import { renderMarkdown } from "../../src/report/markdown.ts";
import { report } from "./report.ts";

test("the readable report says what failed, what is left, and that a rehearsal confirms nothing", () => {
  const text = renderMarkdown(report);
  expect(text).toContain("**It did not come to its end:** the pair is \\| not well");
  expect(text).toContain("| crash | crashes | **no**: nobody serves | – | – |");
  expect(text).toContain("| stop | stops | yes | 800 ms | 4000 ms |");
  expect(text).toContain("- VPC vpc-11111111 (acceptance-123456)");
  expect(text).toContain("it confirms nothing of the real one");
});

test("every assumption has a row with its verdict", () => {
  const rows = renderMarkdown(report)
    .split("\n")
    .filter((line) => line.includes("| not seen |"));
  expect(rows).toHaveLength(report.assumptions.length);
});

test("a report after which nothing is left, or of which nobody knows, says so", () => {
  expect(renderMarkdown({ ...report, left: [] })).toContain("Nothing that carries the run's name.");
  expect(renderMarkdown({ ...report, left: null })).toContain("The cloud could not be asked.");
});
