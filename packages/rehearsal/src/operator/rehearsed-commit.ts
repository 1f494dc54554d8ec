import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * The commit that a checkout is at, with `-dirty` behind it where a file other than the records differs from it. To be asked
 * at the beginning: a rehearsal goes on with what it has loaded, whatever is committed meanwhile.
 */
export function rehearsedCommit(root = ROOT): string {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/changes");
  return `${git("rev-parse", "--short", "HEAD")}${changed === "" ? "" : "-dirty"}`;
}
