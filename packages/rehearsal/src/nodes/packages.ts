import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aptSettings, type AptSettings } from "../machine/apt-settings.ts";
import { attempt } from "../machine/process.ts";
import { DEBIAN_KEYRING, PrerequisitesError } from "../machine/prerequisites.ts";
import { StackError } from "../stack/stack-error.ts";
import { isWhole, writeRepository } from "./apt-repository.ts";
import { cached, cacheFolder, digest, makeCacheFolder } from "./cache.ts";

/** What the nodes of a pair are to install. */
export interface PackageRequest {
  /** The root filesystem that they boot. */
  readonly rootFilesystem: string;
  /** In apt's words: `nginx`, or `nginx=1.22.1-9` with a version. */
  readonly packages: readonly string[];
}

/** What a request works with, passed in so that it can be tried without a network. */
export interface PackageSource {
  /** How this machine's apt gets to the archive of a suite. */
  readonly settings: (suite: string) => Promise<AptSettings>;
  readonly now: () => number;
  readonly say: (line: string) => void;
}

/** What this machine's apt has, now. */
export function thisMachinesPackages(say: (line: string) => void): PackageSource {
  return { settings: aptSettings, now: Date.now, say };
}

/** Packages are fetched anew when they are this old: a suite gets updates. */
const FRESH_MS = 30 * 24 * 3600_000;

const BUDGET_MS = 600_000;

/**
 * The packages that nodes are to install and their root filesystem lacks, with all that they depend on: a folder to lay
 * over it, with a repository for the node's own apt.
 *
 * It is kept in the user's cache folder by what was asked: the root filesystem's packages, its suite, what is missing, and
 * the day. After 30 days it is fetched again; where that does not work, what is there will do.
 *
 * @returns undefined where nothing is missing
 * @throws StackError where there is no such package
 * @throws PrerequisitesError where they cannot be fetched
 */
export async function packageLayer(
  { rootFilesystem, packages }: PackageRequest,
  source: PackageSource,
): Promise<string | undefined> {
  const status = readOptional(join(rootFilesystem, "var/lib/dpkg/status"));
  const missing = packages.filter((name) => !isInstalled(name, status)).sort();
  if (missing.length === 0) return undefined;
  const suite = suiteOf(rootFilesystem);
  if (suite === undefined || status === undefined) {
    throw new PrerequisitesError(
      `the nodes' root filesystem lacks ${missing.join(", ")}, and packages are fetched for Debian's only: give one ` +
        "that has them, with --root-filesystem",
    );
  }
  const name = `packages-${suite}-${digest(JSON.stringify([status, missing]))}`;
  const kept = newestOf(name);
  if (kept !== undefined && source.now() - kept.madeAt < FRESH_MS) return kept.folder;
  const today = new Date(source.now()).toISOString().slice(0, 10);
  try {
    return await cached(`${name}-${today}`, async (target, temporary) => {
      source.say(`fetching packages that the nodes' root filesystem lacks (once): ${missing.join(", ")}`);
      await fetchPackages({ suite, missing, rootFilesystem, target, temporary }, await source.settings(suite));
    });
  } catch (error) {
    if (kept === undefined || !(error instanceof PrerequisitesError)) throw error;
    source.say(
      `${error.message.split("\n")[0]}; those of ${new Date(kept.madeAt).toISOString().slice(0, 10)} are used`,
    );
    return kept.folder;
  }
}

/** The newest of a request's folders that is as it was made; what is broken is removed. */
function newestOf(name: string): { readonly folder: string; readonly madeAt: number } | undefined {
  const folders = readdirSync(makeCacheFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(`${name}-`))
    .map((entry) => ({
      folder: join(cacheFolder(), entry.name),
      madeAt: Date.parse(entry.name.slice(name.length + 1)),
    }))
    .sort((a, b) => b.madeAt - a.madeAt);
  for (const found of folders) {
    if (isWhole(found.folder)) return found;
    rmSync(found.folder, { recursive: true });
  }
  return undefined;
}

interface Fetch {
  readonly suite: string;
  readonly missing: readonly string[];
  readonly rootFilesystem: string;
  readonly target: string;
  readonly temporary: string;
}

/** Lets this machine's apt fetch what a system that is not this machine lacks. */
async function fetchPackages(fetch: Fetch, { sources, options }: AptSettings): Promise<void> {
  const { suite, missing, rootFilesystem, target, temporary } = fetch;
  const refuse = (why: string) =>
    new PrerequisitesError(
      `the packages ${missing.join(", ")}, which the user data asks for, cannot be fetched: ${why}\n` +
        "Give the nodes a root filesystem that has them (--root-filesystem), or this machine's apt a mirror that works",
    );
  if (sources.length === 0) throw refuse("this machine's apt knows no archive of Debian's");
  const apt = join(temporary, "apt");
  for (const folder of ["etc/apt", "var/lib/apt/lists/partial", "var/cache/apt/archives/partial"])
    mkdirSync(join(apt, folder), { recursive: true });
  const lines = sources
    .map((line) => line.replace(/^deb (?!\[)/, `deb [signed-by=${DEBIAN_KEYRING}] `))
    // A mirror that is a folder: its packages must be copied, and apt would use them where they are.
    .map((line) => line.replace(/ file:/, " copy:"));
  writeFileSync(join(apt, "etc/apt/sources.list"), `${lines.join("\n")}\n`);
  const configuration = join(apt, "apt.conf");
  writeFileSync(configuration, `${[...aptConfiguration(apt, rootFilesystem), ...options].join("\n")}\n`);
  const run = (...words: string[]) =>
    attempt("env", [`APT_CONFIG=${configuration}`, "LC_ALL=C", "apt-get", "-q", "-y", ...words], BUDGET_MS);

  const update = await run("update");
  if (update.status !== 0 || /^Err:/m.test(update.stdout))
    throw refuse(errorsOf(update.status === 0 ? update.stdout : update.stderr));
  const install = await run("install", "--download-only", "--", ...missing);
  const unknown = unknownPackages(install.stderr);
  if (unknown.length > 0) {
    throw new StackError(
      `Debian ${suite} has no ${unknown.join(", ")}, which the user data asks for: the first boot could not install it`,
    );
  }
  if (install.status !== 0) throw refuse(errorsOf(install.stderr));
  await writeRepository(target, join(apt, "var/cache/apt/archives"));
}

/** Nothing of this machine's apt but what is said here, and what is installed where the packages are to go. */
function aptConfiguration(apt: string, rootFilesystem: string): string[] {
  return [
    `Dir "${apt}";`,
    `Dir::State::status "${join(rootFilesystem, "var/lib/dpkg/status")}";`,
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::parts "/dev/null";',
    'Dir::Etc::sourceparts "/dev/null";',
    'Dir::Etc::preferencesparts "/dev/null";',
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
    'Debug::NoLocking "true";',
  ];
}

/** The packages, or versions of them, that apt does not know, by its own words. */
export function unknownPackages(stderr: string): string[] {
  const lines = stderr.matchAll(
    /^E: (?:Unable to locate package (\S+)|Version '(\S+)' for '(\S+)' was not found|Package '(\S+)' has no installation candidate)/gm,
  );
  return [...lines].map(([, name, version, versioned, candidate]) => {
    return version === undefined
      ? `package '${name ?? candidate}'`
      : `version ${version} of the package '${versioned}'`;
  });
}

/** Whether a system has a package, by dpkg's status file. */
export function isInstalled(wanted: string, status: string | undefined): boolean {
  const [name = "", version] = wanted.split("=");
  const escaped = name.replace(/[.+]/g, "\\$&");
  const stanza = new RegExp(`^Package: ${escaped}\\nStatus: install ok installed\\n(.+\\n)*`, "m").exec(
    status ?? "",
  )?.[0];
  return stanza !== undefined && (version === undefined || stanza.includes(`\nVersion: ${version}\n`));
}

/** Debian's code name for the suite of a root filesystem; undefined where it is none of Debian's. */
function suiteOf(rootFilesystem: string): string | undefined {
  const release = readOptional(join(rootFilesystem, "etc/os-release")) ?? "";
  if (!/^ID="?debian"?$/m.test(release)) return undefined;
  return /^VERSION_CODENAME="?([\w-]+)"?$/m.exec(release)?.[1];
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** What a log of apt's ends with, and before that what it names as errors. */
function errorsOf(log: string): string {
  const lines = log.trim().split("\n");
  const errors = lines.filter((line) => /^(E|Err:\d+): ?/.test(line));
  return (errors.length > 0 ? errors : lines).slice(-6).join("\n");
}
