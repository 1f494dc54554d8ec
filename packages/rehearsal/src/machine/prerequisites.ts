import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The keys that Debian's packages are signed with, which Ubuntu does not bring along. */
export const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** A command that the rehearsal runs, or a file that it needs, and the packages that bring it. */
interface Prerequisite {
  /** A command's name, or a file's absolute path. */
  readonly command: string;
  readonly debian: string;
  readonly fedora: string;
}

/** keepalived itself runs inside the nodes, from their root filesystem. */
const PREREQUISITES: readonly Prerequisite[] = [
  { command: "systemd-nspawn", debian: "systemd-container", fedora: "systemd-container" },
  { command: "mmdebstrap", debian: "mmdebstrap", fedora: "mmdebstrap" },
  { command: DEBIAN_KEYRING, debian: "debian-archive-keyring", fedora: "debian-keyring" },
  { command: "ip", debian: "iproute2", fedora: "iproute" },
  { command: "nft", debian: "nftables", fedora: "nftables" },
  { command: "tcpdump", debian: "tcpdump", fedora: "tcpdump" },
  { command: "openssl", debian: "openssl", fedora: "openssl" },
  { command: "mount", debian: "mount", fedora: "util-linux" },
  { command: "unshare", debian: "util-linux", fedora: "util-linux" },
  { command: "nsenter", debian: "util-linux", fedora: "util-linux" },
  { command: "setpriv", debian: "util-linux", fedora: "util-linux" },
];

/** The rehearsal cannot start on this machine; the message says what to do. */
export class PrerequisitesError extends Error {}

/** What the check looks at and does; passed in, so that it can be tried without a machine that lacks something. */
export interface Machine {
  readonly isRoot: boolean;
  /** Whether a command is on the path, or a file of an absolute path is there. */
  readonly has: (commandOrFile: string) => boolean;
  readonly install: (packages: readonly string[]) => void;
  readonly say: (line: string) => void;
  /** Tries to make namespaces; what was said where it does not work. */
  readonly refusesNamespaces: () => string | undefined;
}

/**
 * Makes sure that every command is there: installs what is missing where that works (as root, with apt).
 *
 * @throws PrerequisitesError with the exact commands for apt and dnf, where it does not
 */
export function ensurePrerequisites(machine: Machine): void {
  let missing = missingOn(machine);
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  if (missing.length > 0 && machine.isRoot && machine.has("apt-get")) {
    machine.say(`installing Debian packages: ${packages.join(" ")}`);
    machine.install(packages);
    missing = missingOn(machine);
  }
  const problems: string[] = [];
  if (!machine.isRoot)
    problems.push("the rehearsal makes namespaces and boots nodes, so it must run as root: sudo npm start");
  if (missing.length > 0) {
    problems.push(
      `missing: ${missing.map(({ command }) => command).join(", ")}. Install them with one of`,
      `  apt-get install ${packages.join(" ")}`,
      `  dnf install ${[...new Set(missing.map(({ fedora }) => fedora))].join(" ")}`,
    );
  }
  const refusal = problems.length === 0 ? machine.refusesNamespaces() : undefined;
  if (refusal !== undefined)
    problems.push(`no namespaces can be made here (${refusal}); a container must be a privileged one`);
  if (problems.length > 0) throw new PrerequisitesError(problems.join("\n"));
}

function missingOn(machine: Machine): Prerequisite[] {
  return PREREQUISITES.filter(({ command }) => !machine.has(command));
}

/** This machine. */
export function thisMachine(say: (line: string) => void): Machine {
  const has = (name: string) => (name.startsWith("/") ? existsSync(name) : isOnPath(name));
  return { isRoot: process.getuid?.() === 0, has, install: aptInstall, say, refusesNamespaces };
}

function refusesNamespaces(): string | undefined {
  const namespaces = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--propagation", "private"];
  const { status, stderr } = spawnSync("unshare", [...namespaces, "true"], { encoding: "utf8" });
  return status === 0 ? undefined : stderr.trim();
}

function isOnPath(command: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A machine that is new has no package lists: they are fetched first. */
function aptInstall(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // On a machine that has just been started, the daily upgrade may be at it.
  const options = ["-q", "-y", "-o", "DPkg::Lock::Timeout=120"];
  const apt = (...args: string[]) => spawnSync("apt-get", [...options, ...args], { env, encoding: "utf8" });
  for (const result of [apt("update"), apt("install", "--no-install-recommends", ...packages)]) {
    if (result.status !== 0) process.stderr.write(result.stderr);
  }
}
