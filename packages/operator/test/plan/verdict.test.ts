import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { plan } from "../../src/commands/plan.ts";
import { isVerdict, VERDICTS, worstOf } from "../../src/plan/verdict.ts";

describe("the worst of some verdicts", () => {
  test("is the last of the list", () => {
    expect(worstOf(["rolling", "both-nodes", "nothing"])).toBe("both-nodes");
    expect(worstOf([])).toBe("nothing");
  });
});

test("only the names of the list are verdicts", () => {
  expect(isVerdict("both-nodes")).toBe(true);
  for (const name of ["toString", "both nodes at once", ""]) expect(isVerdict(name)).toBe(false);
});

describe("docs/operations.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../../docs/operations.md"), "utf8");

  test("explains every verdict as the command does", () => {
    const rows = [...text.matchAll(/^\| ([^|]+) \| `([a-z-]+)` \| ([^|]+) \| ([^|]*)\|$/gm)];
    const shown = rows.map(([, label, name, meaning, refusal = ""]) => [
      name,
      label,
      meaning,
      /^refused/.test(refusal),
    ]);
    expect(shown).toEqual(
      Object.entries(VERDICTS).map(([name, { label, meaning, refused }]) => [name, label, meaning, refused]),
    );
  });

  test("shows a workflow that is YAML, with options that the command has", () => {
    const [, block = ""] = /```yaml\n([^]*?)```/.exec(text) ?? [];
    const { jobs } = parse(block) as { jobs: { plan: { steps: { run?: string; env?: Record<string, string> }[] } } };
    const commands = jobs.plan.steps.map(({ run, env }) => [run, env?.["ALLOWED"]].join(" ")).join("\n");
    expect(commands).toContain("npx pair plan ");
    const lines = [commands, ...[...text.matchAll(/npx pair plan (.*)/g)].map(([line]) => line)];
    const options = lines
      .filter((line) => line.includes("pair plan"))
      .flatMap((line) => [...(/pair plan([^]*?)(?:$|#|\ngh )/.exec(line)?.[1] ?? "").matchAll(/(?<= |')--([a-z]+)/g)]);
    const names = options.map(([, name = ""]) => name).filter((name) => !["body", "edit", "create"].includes(name));
    expect(names).toContain("markdown");
    for (const name of names) expect(plan.options).toHaveProperty(name);
    for (const [, name = ""] of text.matchAll(/--allow ([a-z-]+)/g)) expect(isVerdict(name)).toBe(true);
  });
});
