import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { kernelRefusal } from "./kernel.ts";

/** The keys that Debian's packages are signed with, which Ubuntu does not bring along. */
export const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** A command that the rehearsal runs, or a file that it needs, and the packages that bring it. */
export interface Prerequisite {
  /** A command's name, or a file's absolute path. */
  readonly command: string;
  readonly debian: string;
  readonly fedora: string;
}

/** keepalived itself runs inside the nodes, from their root filesystem. */
export const PREREQUISITES: readonly Prerequisite[] = [
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
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether a command is on the path, or a file of an absolute path is there. */
  readonly has: (commandOrFile: string) => boolean;
  readonly install: (packages: readonly string[]) => void;
  readonly say: (line: string) => void;
  /** Tries what the rehearsal takes of the kernel, as far as the commands for it are there; what does not work. */
  readonly kernelRefusal: () => string | undefined;
}

/**
 * Makes sure that the rehearsal can run: that this is root on a kernel that does what it takes, which nothing could be
 * installed for, and that every command is there; what is missing is installed where that works (with apt).
 *
 * @throws PrerequisitesError where it cannot run, before anything is installed; and where commands are missing, with the
 *   exact ones for apt and dnf
 */
export function ensurePrerequisites(machine: Machine): void {
  refuseUnfit(machine);
  let missing = missingOn(machine);
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  if (missing.length > 0 && machine.has("apt-get")) {
    machine.say(`installing Debian packages: ${packages.join(" ")}`);
    machine.install(packages);
    missing = missingOn(machine);
    // Some of what it takes of the kernel is tried with the commands that have come.
    refuseUnfit(machine);
  }
  if (missing.length === 0) return;
  const problems = [
    `missing: ${missing.map(({ command }) => command).join(", ")}. Install them with one of`,
    `  apt-get install ${packages.join(" ")}`,
    `  dnf install ${[...new Set(missing.map(({ fedora }) => fedora))].join(" ")}`,
  ];
  throw new PrerequisitesError(problems.join("\n"));
}

/** @throws PrerequisitesError where this is no Linux, not root, or the kernel refuses what is tried with the commands there are */
function refuseUnfit(machine: Machine): void {
  if (machine.platform !== "linux") {
    throw new PrerequisitesError(
      `nodes are Linux containers, and this machine runs ${machine.platform}: take a Linux one`,
    );
  }
  if (!machine.isRoot) {
    throw new PrerequisitesError(
      "the rehearsal makes namespaces and boots nodes, so it must run as root: sudo npm start",
    );
  }
  const refusal = machine.kernelRefusal();
  if (refusal !== undefined) throw new PrerequisitesError(refusal);
}

function missingOn(machine: Machine): Prerequisite[] {
  return PREREQUISITES.filter(({ command }) => !machine.has(command));
}

/** This machine. */
export function thisMachine(say: (line: string) => void): Machine {
  const has = (name: string) => (name.startsWith("/") ? existsSync(name) : isOnPath(name));
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    has,
    install: aptInstall,
    say,
    kernelRefusal: () => kernelRefusal(has),
  };
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
