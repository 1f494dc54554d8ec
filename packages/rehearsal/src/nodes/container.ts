import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { joinCgroup } from "../machine/cgroup.ts";
import { Disposables } from "../machine/disposables.ts";
import { waitFor } from "../machine/wait.ts";

/** What a container is started with. */
export interface ContainerOptions {
  /** Its name. */
  readonly machine: string;
  /** Its root folder. */
  readonly root: string;
  /** The network namespace that it joins, by the name that `ip netns` has for it. */
  readonly networkNamespace: string;
  /** Folders of cgroups, one in each of systemd's hierarchies: where two nodes shared one, the systemd of one would remove those of the other's units. */
  readonly cgroups: readonly string[];
  /** Where its console is written. */
  readonly consoleFile: string;
}

const START_BUDGET_MS = 10_000;
/** Processes that have been killed let go of what they have; the more memory that is, the longer. */
const END_BUDGET_MS = 20_000;

/** A booted operating system in a container, from its start to its end. */
export class Container {
  private constructor(
    /** Its init, as this process sees it. */
    readonly init: number,
    /** Resolves when all of it has ended, however it came. */
    readonly ended: Promise<unknown>,
  ) {}

  /**
   * Starts systemd-nspawn, which boots what is in the root folder.
   *
   * @throws where there is no init in time; systemd-nspawn has ended then
   */
  static async start({ machine, root, networkNamespace, cgroups, consoleFile }: ContainerOptions): Promise<Container> {
    const command = [
      "systemd-nspawn",
      "--quiet",
      "--boot",
      `--directory=${root}`,
      `--network-namespace-path=/run/netns/${networkNamespace}`,
      "--register=no",
      "--keep-unit",
      "--capability=all",
      `--machine=${machine}`,
      "--console=read-only",
      // Nothing of this machine's own shows in the node.
      "--resolv-conf=off",
      "--timezone=off",
      "--link-journal=no",
      // Arguments of the init. From systemd 256 on it boots on version 1 of cgroups only where it is told to.
      "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1",
    ];
    const joining = cgroups.map((cgroup) => `${joinCgroup(cgroup)} && `).join("");
    const log = openSync(consoleFile, "a");
    const nspawn = spawn("sh", ["-c", `${joining}exec "$@"`, "sh", ...command], { stdio: ["ignore", log, log] });
    closeSync(log);
    const ended = once(nspawn, "close");
    await using started = new Disposables();
    started.defer(async () => {
      nspawn.kill("SIGKILL");
      await ended;
    });
    const init = await waitFor<number>({
      what: `the ${machine}'s init`,
      budgetMs: START_BUDGET_MS,
      look: () => {
        const found = initOf(nspawn.pid ?? 0);
        return found === undefined ? { seen: readFileSync(consoleFile, "utf8").slice(-2000) } : { found };
      },
    });
    started.keep();
    return new Container(init, ended);
  }

  /**
   * Ends everything in it at once.
   *
   * @throws where it does not end, with the state of its init
   */
  async kill(): Promise<void> {
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    process.kill(this.init, "SIGKILL");
    await waitFor({
      what: `the end of a container whose init, process ${this.init}, was killed`,
      budgetMs: END_BUDGET_MS,
      look: () => {
        const state = /^State:\t(.*)$/m.exec(read(`/proc/${this.init}/status`))?.[1];
        return hasEnded ? { found: true } : { seen: state === undefined ? "init has ended" : `init is ${state}` };
      },
    });
  }

  /** The processes in it that have a name, as this process sees them. */
  processes(name: string): number[] {
    const namespace = namespaceOf(this.init);
    return pids().filter((pid) => commandName(pid) === name && namespaceOf(pid) === namespace);
  }

  /** The cgroups of its init in systemd's hierarchies, the root folder of this machine's being `/`. */
  get cgroups(): string[] {
    const lines = readFileSync(`/proc/${this.init}/cgroup`, "utf8").matchAll(/^(?:0:|\d+:name=systemd):(.+)$/gm);
    return [...lines].map(([, cgroup]) => cgroup ?? "");
  }
}

/** The container's init: a descendant of nspawn's that is process 1 in a namespace of its own. */
export function initOf(ancestor: number): number | undefined {
  const statuses = pids().map((pid) => ({ pid, status: read(`/proc/${pid}/status`) }));
  const parents = new Map(statuses.map(({ pid, status }) => [pid, Number(/^PPid:\t(\d+)/m.exec(status)?.[1])]));
  const descends = (pid: number): boolean => pid === ancestor || (parents.has(pid) && descends(parents.get(pid) ?? 0));
  return statuses.find(({ pid, status }) => /^NSpid:(?:\t\d+)+\t1$/m.test(status) && descends(pid))?.pid;
}

const pids = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const commandName = (pid: number) => read(`/proc/${pid}/comm`).trim();

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
