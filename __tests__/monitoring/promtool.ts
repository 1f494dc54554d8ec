import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether Prometheus' own checker is on the path: Debian has it in the package prometheus. */
export const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

/** Says that a test cannot run here. @param what the test */
export function sayIfMissing(what: string): void {
  if (!hasPromtool) console.log(`not run: ${what}: promtool not available (Debian package prometheus)`);
}

/**
 * Lets promtool judge files.
 *
 * @param args its arguments, by which it names them
 * @param files texts by name, in the folder in which it runs
 * @param input what it gets on its standard input
 * @returns its exit status, and all that it said
 */
export function promtool(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  input = "",
): { readonly status: number | null; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), "promtool-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, input, encoding: "utf8" });
    return { status, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
