import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, release, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { filesOf } from "../../../settings-files/src/settings-files.ts";
import { type StackChoice, stackFile } from "../stack/stack.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

/**
 * The product's version, with its commit where this is a checkout; where tracked files differ from the commit, with a
 * digest of how. What lies in docs is no part of what runs: a campaign's own record may be kept there.
 */
export function productName(): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const commit = git("rev-parse", "--short=12", "HEAD")?.trim();
  if (commit === undefined) return version;
  const changes = git("diff", "HEAD", "--", ".", ":(exclude)docs") ?? "";
  return `${version} ${commit}${changes === "" ? "" : ` with changes ${digestOf(changes)}`}`;
}

/** This machine, as far as it matters for what is measured on it. */
export function machineName(): string {
  return `${availableParallelism()} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
}

/** The paths of settings files with commas between them, and which content they have. */
export function settingsName(paths: string): string {
  const contents = filesOf(paths).map((path) => readFileSync(resolve(ROOT, path)));
  return `${paths} ${digestOf(Buffer.concat(contents))}`;
}

/** A synthesized stack's path, and which content it has. */
export function stackName({ path, pair }: StackChoice): string {
  return `${pair === undefined ? "" : `the pair '${pair}' of `}${path} ${digestOf(readFileSync(stackFile(path)))}`;
}

const digestOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex").slice(0, 8);

/** Nothing where this is no checkout. */
function git(...command: readonly string[]): string | undefined {
  try {
    return execFileSync("git", command, {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 28,
    });
  } catch {
    return undefined;
  }
}
