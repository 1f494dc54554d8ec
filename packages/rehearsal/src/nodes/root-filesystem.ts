import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { aptSettings } from "../machine/apt-settings.ts";
import { withImageUmask } from "../machine/image-umask.ts";
import { startIsolated } from "../machine/isolation.ts";
import { DEBIAN_KEYRING, PrerequisitesError } from "../machine/prerequisites.ts";
import { run } from "../machine/process.ts";
import { cached, cacheFolder, digest, makeCacheFolder } from "./cache.ts";
import { DEBIAN_SUITES, type DebianVersion } from "./debian.ts";
import { NODE_PATH } from "./node-environment.ts";

/** Which root filesystem the nodes boot: a release of Debian, or a folder or tarball of the user's own. */
export type RootFilesystemChoice = { readonly debian: DebianVersion } | { readonly path: string };

/** What the nodes' image holds, as the cloud's Debian images do: the user data finds its packages installed already. */
const VARIANT = "minbase";
const PACKAGES = [
  "systemd",
  "systemd-sysv",
  "dbus",
  "cloud-init",
  "keepalived",
  "nodejs",
  "iproute2",
  "procps",
  "ca-certificates",
  "python3",
];

/** What came from the machine that built it stays there: its mirror, its proxy, its name servers. */
const EMPTIED = ["etc/apt/sources.list", "etc/apt/apt.conf.d/99mmdebstrap", "etc/resolv.conf"];

const BUDGET_MS = 600_000;

/** What a build takes in the cache, in MB: about 420 stay, and while it goes on there are the packages beside them. */
const BUILD_MB = 700;

/**
 * The nodes' root filesystem: Debian's is built once per release with mmdebstrap, a tarball is unpacked once, and both
 * are kept in the user's cache folder; a folder of the user's own is used where it is, and read only.
 *
 * A build that ends early, however, leaves nothing that a later run would take for a whole one, and no rubbish.
 *
 * @param say told about progress
 * @returns the folder's path
 * @throws PrerequisitesError where the path of the user's own is no root filesystem that boots a node
 */
export async function rootFilesystem(
  choice: RootFilesystemChoice,
  say: (line: string) => void,
  interruption: AbortSignal,
): Promise<string> {
  if ("debian" in choice) {
    const suite = DEBIAN_SUITES[choice.debian];
    return cached(debianFolder(suite), (target, temporary) => {
      return debootstrap(suite, target, temporary, say, interruption);
    });
  }
  const path = resolve(choice.path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new PrerequisitesError(`${refusal(choice.path)}: there is nothing at that path`);
  if (found.isDirectory()) return requireBootable(path, choice.path);
  const identity = JSON.stringify([path, found.size, found.mtimeMs]);
  const folder = await cached(`rootfs-own-${digest(identity)}`, async (target) => {
    say(`unpacking ${choice.path} (once)`);
    withImageUmask(() => mkdirSync(target));
    await run("tar", ["--extract", "--numeric-owner", `--file=${path}`, `--directory=${target}`]).catch(
      (error: Error) => {
        throw new PrerequisitesError(`${refusal(choice.path)}: tar cannot read it: ${error.message}`);
      },
    );
    requireBootable(target, choice.path);
  });
  return folder;
}

const refusal = (path: string) =>
  `--root-filesystem must be a folder or a tarball with systemd and cloud-init in it, got '${path}'`;

/**
 * Makes sure that the cache folder can take the root filesystem, where that must still be built.
 *
 * @throws PrerequisitesError where it cannot
 */
export function ensureRoomFor(choice: RootFilesystemChoice): void {
  const isBuilt = !("debian" in choice) || existsSync(join(cacheFolder(), debianFolder(DEBIAN_SUITES[choice.debian])));
  makeCacheFolder(isBuilt ? 0 : BUILD_MB);
}

/** The name of a suite's folder in the cache: another recipe is another folder. */
const debianFolder = (suite: string) =>
  `rootfs-${suite}-${digest(JSON.stringify([suite, VARIANT, PACKAGES, EMPTIED]))}`;

/** @returns the folder where it holds what every node needs to boot the user data */
function requireBootable(folder: string, shown: string): string {
  const needed = [["usr/lib/systemd/systemd", "lib/systemd/systemd"], ["usr/bin/cloud-init"], ["etc/os-release"]];
  const missing = needed.filter((paths) => !paths.some((path) => existsSync(join(folder, path)))).map(([path]) => path);
  if (missing.length === 0) return folder;
  throw new PrerequisitesError(`${refusal(shown)}: it lacks ${missing.join(", ")}`);
}

/** @param temporary a folder for what mmdebstrap leaves behind where it is killed */
async function debootstrap(
  suite: string,
  target: string,
  temporary: string,
  say: (line: string) => void,
  interruption: AbortSignal,
): Promise<void> {
  say(`building the nodes' root filesystem (Debian ${suite}, once, about a minute)`);
  const { sources, options } = await aptSettings(suite);
  const command = [
    "mmdebstrap",
    `--variant=${VARIANT}`,
    `--include=${PACKAGES.join(",")}`,
    `--keyring=${DEBIAN_KEYRING}`,
    ...["Apt::Install-Recommends false;", ...options].map((option) => `--aptopt=${option}`),
    suite,
    target,
    ...sources,
  ];
  const limits = AbortSignal.any([interruption, AbortSignal.timeout(BUDGET_MS)]);
  const child = startIsolated(command, {
    ownNetwork: false,
    interruption: limits,
    stdio: ["ignore", "ignore", "pipe"],
    // Also what it runs inside the new system gets this PATH: its own commands come first.
    env: { ...process.env, PATH: `${NODE_PATH}:${process.env["PATH"]}`, TMPDIR: temporary },
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    log += chunk;
    for (const [, step] of chunk.matchAll(/^I: (.*?)\.*$/gm)) say(`  ${step}`);
  });
  const status = await new Promise((done) => child.once("close", done));
  interruption.throwIfAborted();
  if (limits.aborted) throw new Error(`mmdebstrap took more than ${BUDGET_MS} ms:\n${lastLines(log)}`);
  if (status !== 0) throw new Error(`mmdebstrap failed with status ${status}:\n${lastLines(log)}`);
  for (const path of EMPTIED) {
    rmSync(join(target, path), { force: true });
    withImageUmask(() => writeFileSync(join(target, path), ""));
  }
}

function lastLines(log: string): string {
  return log.trim().split("\n").slice(-15).join("\n");
}
