import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Leftover } from "../machine/leftover.ts";

/** Where what is made once is kept. */
export function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "cdktf-tencentcloud-keepalived");
}

/** What stands for a text in a name. */
export const digest = (text: string | Buffer): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/**
 * A folder of the cache, which is made where it is not there yet: whole or not at all. What ends early, however, leaves
 * nothing that a later run would take for a whole one, and no rubbish.
 *
 * @param make writes it to `target`; `temporary` is a folder for what it may leave behind
 * @returns its path
 */
export async function cached(
  name: string,
  make: (target: string, temporary: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder(), { recursive: true });
  await using building = new Leftover(mkdtempSync(join(cacheFolder(), "building-")), "files");
  const target = join(building.path, "made");
  await make(target, building.path);
  // Another run may have made the same meanwhile.
  if (!existsSync(folder)) renameSync(target, folder);
  return folder;
}
