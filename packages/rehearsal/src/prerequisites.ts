import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A command that the rehearsal runs, and the packages that bring it. */
interface Prerequisite {
  readonly command: string;
  readonly debian: string;
  readonly fedora: string;
}

/** keepalived itself runs inside the nodes, from their root filesystem. */
const PREREQUISITES: readonly Prerequisite[] = [
  { command: "systemd-nspawn", debian: "systemd-container", fedora: "systemd-container" },
  { command: "mmdebstrap", debian: "mmdebstrap", fedora: "mmdebstrap" },
  { command: "ip", debian: "iproute2", fedora: "iproute" },
  { command: "nft", debian: "nftables", fedora: "nftables" },
  { command: "tcpdump", debian: "tcpdump", fedora: "tcpdump" },
  { command: "openssl", debian: "openssl", fedora: "openssl" },
  { command: "unshare", debian: "util-linux", fedora: "util-linux" },
];

/** The rehearsal cannot start on this machine; the message says what to do. */
export class PrerequisitesError extends Error {}

/** What the check looks at and does; passed in, so that it can be tried without a machine that lacks something. */
export interface Machine {
  readonly isRoot: boolean;
  readonly has: (command: string) => boolean;
  readonly install: (packages: readonly string[]) => void;
  readonly say: (line: string) => void;
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
  if (problems.length > 0) throw new PrerequisitesError(problems.join("\n"));
}

function missingOn(machine: Machine): Prerequisite[] {
  return PREREQUISITES.filter(({ command }) => !machine.has(command));
}

/** This machine. */
export function thisMachine(say: (line: string) => void): Machine {
  return { isRoot: process.getuid?.() === 0, has: isOnPath, install: aptInstall, say };
}

function isOnPath(command: string): boolean {
  return [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((folder) => {
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
  const apt = (...args: string[]) => spawnSync("apt-get", ["-q", "-y", ...args], { env, encoding: "utf8" });
  for (const result of [apt("update"), apt("install", "--no-install-recommends", ...packages)]) {
    if (result.status !== 0) process.stderr.write(result.stderr);
  }
}
