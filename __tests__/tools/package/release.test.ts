import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { releaseNotes } from "../../../tools/package/release";

const repository = { type: "git", url: "git+https://example.org/team/pair.git" };
const CHANGELOG =
  "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-26\n\n### Added\n\n- Drill.\n\n## 1.1.0\n\nOlder.\n";
const input = {
  changelog: CHANGELOG,
  manifest: { version: "1.2.0", repository },
  tag: "v1.2.0",
  builtIn: "https://example.org/team/pair",
};

test("a release has the version and the notes of the changelog's newest section", () => {
  expect(releaseNotes(input)).toBe("### Added\n\n- Drill.");
});

test.each([
  [
    "refuses another version in package.json",
    { manifest: { version: "1.1.0", repository } },
    "run 'npm version --no-git-tag-version 1.2.0'",
  ],
  ["refuses another tag", { tag: "v1.3.0" }, "tag it v1.2.0"],
  [
    "refuses a repository that npm would not take provenance from",
    { builtIn: "https://example.org/fork/pair" },
    "correct 'repository'",
  ],
  [
    "refuses entries that no version is named for",
    { changelog: CHANGELOG.replace("Unreleased\n", "Unreleased\n\n- Forgotten.\n") },
    "entries below 'Unreleased'",
  ],
  ["refuses a changelog without a version", { changelog: "# Changelog\n" }, "write one such as '## 1.2.0'"],
])("%s", (_, change, remedy) => {
  expect(() => releaseNotes({ ...input, ...change })).toThrow(remedy);
});

test("package.json has the version of the newest section of CHANGELOG.md", () => {
  const read = (file: string) => readFileSync(join(__dirname, "../../..", file), "utf8");
  const changelog = read("CHANGELOG.md").replace(/^## Unreleased\n[^]*?(?=^## )/m, "");
  expect(() =>
    releaseNotes({ changelog, manifest: JSON.parse(read("package.json")), tag: undefined, builtIn: undefined }),
  ).not.toThrow();
});
