import { expect, test } from "vitest";
import type { PlanReport } from "../../../src/plan/finding.ts";
import { markdownReport } from "../../../src/plan/report/markdown.ts";
import { reportOf } from "../support/plans.ts";

test("is a table with a verdict for each change, and what it comes to above it", () => {
  const text = markdownReport(reportOf("instance-type"));
  expect(text).toContain("**Refused: both nodes at once. Nothing was changed.**");
  const rows = text.split("\n").filter((line) => line.startsWith("| "));
  expect(rows.slice(0, 2)).toEqual(["| verdict | where | change | what happens |", "| --- | --- | --- | --- |"]);
  expect(rows[2]).toMatch(
    /^\| \*\*both nodes at once\*\*: refused \| `primary .*`<br>`secondary .*` \| `instance_type: .*` \| .* \|$/,
  );
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
});

test("folds the differences of the user data", () => {
  const text = markdownReport(reportOf("priority-and-check"));
  expect(text).toContain("<details><summary>User data of web-pair</summary>");
  expect(text).toContain("```diff\n");
  expect(text).toContain("\n-    priority 100\n+    priority 120\n");
});

/** A report with a change whose texts try to end what they stand in. */
function hostile(what: string, lines: readonly `+${string}`[]): PlanReport {
  const report = reportOf("priority-and-check");
  const [finding] = report.findings;
  if (finding === undefined) throw new Error("there is no finding");
  return { ...report, findings: [{ ...finding, what, texts: [{ name: "a", kind: "added", lines }] }] };
}

test("lets no value end the table's cell, and no text the block that it stands in", () => {
  const text = markdownReport(hostile("tags: a | b `c`", ["+```", "+</details>"]));
  expect(text).toContain("| `tags: a \\| b 'c'` |");
  expect(text).toContain("````diff\n+```\n+</details>\n````");
});

test("fits into a comment, which has 65,536 characters", () => {
  const lines = Array.from({ length: 2000 }, () => `+${"x".repeat(60)}` as const);
  const text = markdownReport(hostile("user_data", lines));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("too long for a comment");
});

test("names what is only taken into the state, and says so at the top", () => {
  const imported = [{ address: "tencentcloud_vpc.Vpc", noun: "VPC", id: "vpc-11111111" }];
  const text = markdownReport({ ...reportOf("no-change"), imported });
  expect(text).toContain("- VPC (`tencentcloud_vpc.Vpc`): `vpc-11111111`");
  expect(text).toContain("Nothing of the pair changes; 1 resource that is there already is taken into the state.");
});

test("names the command that gives running nodes what a deploy leaves alone", () => {
  const address = "tencentcloud_instance.Pair_Primary_09DFE33C";
  const leftAlone = [{ pair: "web-pair", address, role: "primary" as const, what: "hostname: web-a" }];
  expect(markdownReport({ ...reportOf("no-change"), leftAlone })).toMatch(
    /^Left alone on nodes that run, .* 'pair roll' gives it to one after the other.*:\n\n- primary: `hostname: web-a`$/m,
  );
});
