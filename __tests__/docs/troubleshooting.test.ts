import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { CHECKS } from "../../packages/pairctl/src/cli/doctor/checks.ts";
import { CHECKS_BY_WORD, CHECKS_WITHOUT_WORD } from "../../packages/pairctl/src/cli/doctor/peer-checks.ts";
import { VRRP_STATES } from "../../packages/pairctl/src/contract/index.ts";
import { simulateTimers } from "../../packages/pairctl/test/support/simulated-time.ts";
import { anchorsOf, fencesOf } from "../../tools/docs/markdown.ts";
import { allPages, readPage } from "../../tools/docs/pages.ts";
import { SCENES, screenOf } from "./status-scenes.ts";

const PAGE = join(__dirname, "../../docs/troubleshooting.md");
const page = readFileSync(PAGE, "utf8");
/** What an operator sees in each state, made once for all tests. */
const screens = new Map<string, string>();

beforeEach(simulateTimers);

test("the page has a screen of each state, as pairctl prints it: npx vitest run __tests__/docs -u", async () => {
  let text = page;
  for (const [title, scene] of Object.entries(SCENES)) {
    const screen = await screenOf(scene);
    screens.set(title, screen);
    expect(text, `a heading "${title}" with a screen below it`).toMatch(screenBelow(title));
    text = text.replace(screenBelow(title), (_, before: string, after: string) => `${before}${screen}\n${after}`);
  }
  await expect(text).toMatchFileSnapshot(PAGE);
});

test("every screen on the page is that of a state", () => {
  const shown = fencesOf(page).filter(({ language }) => language === "console");
  expect(shown).toHaveLength(Object.keys(SCENES).length);
});

test("the states are all that keepalived can be in", () => {
  const seen = VRRP_STATES.filter((state) =>
    [...screens.values()].some((screen) => screen.includes(` ${state} holder:`)),
  );
  expect(seen).toEqual(VRRP_STATES);
});

describe("each line of pairctl status that another page quotes is one that it prints in a state", () => {
  const quotes = allPages().flatMap((name) => {
    const lines = readPage(name).match(/^\d+\.\d+\.\d+\.\d+ [A-Z]+ holder:.*$/gm) ?? [];
    return lines.map((line) => [line, name] as const);
  });

  test.each(quotes)("%s, in %s", (line) => {
    expect([...screens.values()].join("\n").split("\n")).toContain(line);
  });
});

test("each line of the doctor that a page quotes is one of its checks", () => {
  const checks = [...CHECKS, ...CHECKS_BY_WORD, ...CHECKS_WITHOUT_WORD].map(({ what }) => what);
  const quotes = allPages().flatMap((name) =>
    [...readPage(name).matchAll(/^(?:ok|fail|warn|unknown) ([^:\n]+)(?::.*)?$/gm)].map(([, what = ""]) => what),
  );
  expect(quotes.length).toBeGreaterThan(5);
  expect(quotes.filter((what) => !checks.includes(what))).toEqual([]);
});

test("each state has an anchor that the list of symptoms may lead to", () => {
  expect(new Set(anchorsOf(page)).size).toBe(anchorsOf(page).length);
});

/** The screen below a heading: what stands before its text, and behind it. */
function screenBelow(title: string): RegExp {
  return new RegExp(`(\\n## ${title}\\n\\n\`\`\`console\\n)(?:[^\`]*\\n)?(\`\`\`\\n)`);
}
