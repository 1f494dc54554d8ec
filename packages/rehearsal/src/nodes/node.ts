import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Port } from "../lab/fabric.ts";
import { nodeFiles } from "./node-files.ts";
import { parseReceipts, parseStateChanges, type Receipt, type StateChange } from "./node-log.ts";
import { run, waitFor } from "../machine/process.ts";
import type { StackNode } from "../stack/stack.ts";

/** What the nodes of a rehearsal share. */
export interface NodeEnvironment {
  /** The cached root filesystem, which stays as it is. */
  readonly rootFilesystem: string;
  /** A folder of the run, on a file system of its own. */
  readonly folder: string;
  /** The run's cgroups, one in each of systemd's hierarchies, below which each node has its own. */
  readonly cgroups: readonly string[];
  /** Addresses of the host names that the user data's settings name. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The certificate of the authority that the nodes trust for the API. */
  readonly authority: string;
}

/** What a node says of itself. */
export interface NodeState {
  /** Whether a keepalived runs. */
  readonly keepalived: boolean;
  /** Whether the VIP is on an interface. */
  readonly hasVip: boolean;
}

/** A node: real systemd, cloud-init and keepalived in a container that is joined to its port's network namespace. */
export class Node {
  readonly role: StackNode["role"];
  readonly #root: string;
  #init: number | undefined;

  private constructor(
    readonly stackNode: StackNode,
    readonly port: Port,
    private readonly environment: NodeEnvironment,
  ) {
    this.role = stackNode.role;
    this.#root = join(environment.folder, stackNode.role, "root");
  }

  /** Boots a node from the synthesized user data, byte for byte. */
  static async boot(stackNode: StackNode, port: Port, environment: NodeEnvironment): Promise<Node> {
    const node = new Node(stackNode, port, environment);
    await node.#prepare();
    await node.#start();
    return node;
  }

  /** Whether the node runs. */
  get isUp(): boolean {
    return this.#init !== undefined;
  }

  /** Runs a command inside the node. */
  exec(...command: string[]): Promise<string> {
    if (this.#init === undefined) throw new Error(`the ${this.role} is down`);
    // With the root folder, since the node's is not that of its mount namespace where this machine is itself a chroot.
    return run("nsenter", ["-t", String(this.#init), "-m", "-u", "-i", "-p", "-n", "-r", "-w", "--", ...command]);
  }

  /** The cgroups of its init in systemd's hierarchies, the root folder of this machine's being `/`. */
  get cgroups(): string[] {
    const lines = readFileSync(`/proc/${this.#init}/cgroup`, "utf8").matchAll(/^(?:0:|\d+:name=systemd):(.+)$/gm);
    return [...lines].map(([, cgroup]) => cgroup ?? "");
  }

  /** A file of the node's, or undefined while there is none. */
  read(path: string): string | undefined {
    try {
      return readFileSync(join(this.#root, path), "utf8");
    } catch {
      return undefined;
    }
  }

  /** What keepalived has told its notify script since a moment (ms since the epoch). */
  stateChanges(since: number): StateChange[] {
    return parseStateChanges(this.read("var/log/keepalived.log") ?? "").filter(({ at }) => at >= since);
  }

  /** What the hook's runs have left behind since a moment (ms since the epoch). */
  async receipts(since: number): Promise<Receipt[]> {
    const unit = ["-u", "migration-hook.service", "-o", "cat", "--no-pager"];
    return parseReceipts(await this.exec("journalctl", ...unit, `--since=@${(since / 1000).toFixed(3)}`));
  }

  /** The node's state, seen from inside; a node that is down has neither keepalived nor the VIP. */
  async state(vip: string): Promise<NodeState> {
    if (!this.isUp) return { keepalived: false, hasVip: false };
    const addresses = await run("ip", ["-n", this.port.namespace, "-o", "-4", "address"]);
    const processes = await this.exec("sh", "-c", "pidof keepalived || true");
    return { keepalived: processes.trim() !== "", hasVip: addresses.includes(` ${vip}/`) };
  }

  /**
   * Waits for the end of the first boot.
   *
   * @throws with cloud-init's own words and the end of its log where the boot failed
   */
  async waitForCloudInit(budgetMs: number): Promise<void> {
    const status = await waitFor(
      `the end of the ${this.role}'s boot`,
      budgetMs,
      () => {
        const result = this.read("run/cloud-init/result.json") ?? this.read("var/lib/cloud/data/result.json");
        return result === undefined ? undefined : (JSON.parse(result) as { v1: { errors: string[] } });
      },
      () => this.#bootLog(),
    );
    if (status.v1.errors.length > 0) {
      throw new Error(`the ${this.role}'s boot failed: ${status.v1.errors.join("; ")}\n${this.#bootLog()}`);
    }
  }

  /**
   * Takes the node down at once, as a power failure does: its every process, and its cable. In this order, since a
   * keepalived that sees the cable go gives the address up, which one without power cannot.
   */
  async crash(cutOff: (port: Port) => Promise<void>): Promise<void> {
    const init = String(this.#init);
    process.kill(Number(init), "SIGKILL");
    this.#init = undefined;
    // An init ends last of all processes in its namespace.
    const gone = () => (/^State:\t[^ZX]/m.test(readStatus(init)) ? undefined : true);
    await waitFor(`the end of the ${this.role}'s processes`, 5_000, gone);
    await cutOff(this.port);
  }

  async #prepare(): Promise<void> {
    const base = join(this.environment.folder, this.role);
    for (const name of ["upper", "work", "root"]) mkdirSync(join(base, name), { recursive: true });
    const layers = `lowerdir=${this.environment.rootFilesystem},upperdir=${join(base, "upper")},workdir=${join(base, "work")}`;
    await run("mount", ["-t", "overlay", "overlay", "-o", layers, this.#root]);
    const { hosts, authority } = this.environment;
    for (const [path, content] of Object.entries(nodeFiles({ node: this.stackNode, hosts, authority }))) {
      const file = join(this.#root, path);
      mkdirSync(dirname(file), { recursive: true });
      rmSync(file, { force: true });
      if (content === null) symlinkSync("/dev/null", file);
      else writeFileSync(file, content);
    }
    const wants = join(this.#root, "etc/systemd/system/multi-user.target.wants");
    mkdirSync(wants, { recursive: true });
    symlinkSync("../responder.service", join(wants, "responder.service"));
  }

  async #start(): Promise<void> {
    const log = openSync(join(this.environment.folder, `${this.role}.console`), "w");
    const nspawn = [
      "systemd-nspawn",
      "--quiet",
      "--boot",
      `--directory=${this.#root}`,
      `--network-namespace-path=/run/netns/${this.port.namespace}`,
      "--register=no",
      "--keep-unit",
      "--capability=all",
      `--machine=${this.role}`,
      "--console=pipe",
      // Nothing of this machine's own shows in the node.
      "--resolv-conf=off",
      "--timezone=off",
      "--link-journal=no",
      // Arguments of the init. From systemd 256 on it boots on version 1 of cgroups only where it is told to.
      "SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1",
    ];
    // Where two nodes shared a cgroup, the systemd of one would remove those of the other's units.
    const cgroups = this.environment.cgroups.map((cgroup) => join(cgroup, this.role));
    const joining = cgroups.map((cgroup) => `mkdir ${cgroup} && echo $$ >${cgroup}/cgroup.procs && `).join("");
    const machine = spawn("sh", ["-c", `${joining}exec "$@"`, "sh", ...nspawn], { stdio: ["ignore", log, log] });
    closeSync(log);
    const budget = 10_000;
    this.#init = await waitFor(
      `the ${this.role}'s init`,
      budget,
      () => initOf(machine.pid ?? 0),
      () => readFileSync(join(this.environment.folder, `${this.role}.console`), "utf8").slice(-2000),
    );
  }

  #bootLog(): string {
    return (this.read("var/log/cloud-init-output.log") ?? "no cloud-init-output.log").split("\n").slice(-25).join("\n");
  }
}

/** The container's init: a descendant of nspawn's that is process 1 in a namespace of its own. */
function initOf(ancestor: number): number | undefined {
  const statuses = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), status: readStatus(pid) }));
  const parents = new Map(statuses.map(({ pid, status }) => [pid, Number(/^PPid:\t(\d+)/m.exec(status)?.[1])]));
  const descends = (pid: number): boolean => pid === ancestor || (parents.has(pid) && descends(parents.get(pid) ?? 0));
  return statuses.find(({ pid, status }) => /^NSpid:(?:\t\d+)+\t1$/m.test(status) && descends(pid))?.pid;
}

function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
