import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, statfsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Leftover } from "../machine/leftover.ts";
import { PrerequisitesError } from "../machine/prerequisites.ts";

/**
 * Where what is made once is kept: below XDG_CACHE_HOME, which does not count where it is not absolute
 * (https://specifications.freedesktop.org/basedir-spec/latest/), else below `.cache` of the user's home.
 */
export function cacheFolder(): string {
  const home = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(home) ? home : join(homedir(), ".cache"), "cdktf-tencentcloud-keepalived");
}

/**
 * Makes the cache folder where it is not there.
 *
 * @returns its path
 * @throws PrerequisitesError where it cannot be made or written to, or its disk has not got the room that is needed
 * @param neededMb what will be put into it, in MB
 */
export function makeCacheFolder(neededMb = 0): string {
  const folder = cacheFolder();
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw refusal(folder, (error as Error).message);
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb < neededMb) throw refusal(folder, `it takes ${neededMb} MB, and ${freeMb} MB are free there`);
  return folder;
}

/**
 * Makes a folder, and those above it. Node.js' own `recursive` goes on for ever where a file system says of what it lets
 * nobody make that it is not there, as /proc and autofs do.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

function refusal(folder: string, why: string): PrerequisitesError {
  return new PrerequisitesError(
    `the cache folder '${folder}' cannot be used (${why}): name another one with XDG_CACHE_HOME, an absolute path`,
  );
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
  await using building = new Leftover(mkdtempSync(join(makeCacheFolder(), "building-")), "files");
  const target = join(building.path, "made");
  await make(target, building.path);
  // Another run may have made the same meanwhile.
  if (!existsSync(folder)) renameSync(target, folder);
  return folder;
}
