import { renameSync, writeFileSync } from "node:fs";

/** Writes a file beside its place and renames it: whoever reads it, or kills this process, finds a whole one. */
export function writeWhole(path: string, content: string): void {
  const beside = `${path}.new`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}
