/** The newest version that the changelog has a section for, and what the section says. */
export interface Release {
  readonly version: string;
  readonly notes: string;
}

/**
 * The release that a changelog describes: the first section with a version below `Unreleased`.
 *
 * @throws where there is none, or where `Unreleased` still has entries, which would be released without being said
 */
export function releaseOf(changelog: string): Release {
  const [, ...sections] = changelog.split(/^## /m);
  const unreleased = sections.find((section) => section.startsWith("Unreleased"));
  if (unreleased !== undefined && unreleased.replace("Unreleased", "").trim() !== "") {
    throw new Error("CHANGELOG.md has entries below 'Unreleased': name the version that they are released in");
  }
  for (const section of sections) {
    const [, version, notes = ""] = /^\[?(\d+\.\d+\.\d+(?:-[\w.]+)?)\]?.*\n([^]*)$/.exec(section) ?? [];
    if (version !== undefined) return { version, notes: notes.trim() };
  }
  throw new Error("CHANGELOG.md has no section with a version: write one such as '## 1.2.0'");
}
