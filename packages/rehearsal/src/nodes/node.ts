import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Assumptions, deliveredUserData } from "local-cloud";
import { NODE_PATHS } from "pairctl/contract";
import { type Fabric } from "../network/fabric.ts";
import { type Port, resetHost } from "../network/host-namespace.ts";
import { limitMemory } from "../machine/memory-limit.ts";
import { attempt, type CommandResult } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import type { StackNode } from "../stack/stack.ts";
import { installedSizeMb } from "./apt-repository.ts";
import { Container } from "./container.ts";
import { Disk } from "./disk.ts";
import { asRootOfTheNode } from "./node-environment.ts";
import { ENABLED, nodeFiles } from "./node-files.ts";
import { parseReceipts, parseStateChanges, type Receipt, type StateChange } from "./node-log.ts";

/** What the nodes of a rehearsal share. */
export interface NodeEnvironment {
  readonly fabric: Fabric;
  /** The cached root filesystem, which stays as it is. */
  readonly rootFilesystem: string;
  /** A folder with packages to install, to lay over it; null where it has all of them. */
  readonly packages: string | null;
  /** A folder of the run, on a file system of its own. */
  readonly folder: string;
  /** The run's cgroups, one in each of systemd's hierarchies, below which each node has its own. */
  readonly cgroups: readonly string[];
  /** Addresses of the host names that the user data's settings name. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The certificate of the authority that the nodes trust for the API. */
  readonly authority: string;
  /** What is assumed of the cloud where that is not what is believed. */
  readonly assumptions: Partial<Assumptions>;
}

/** The commands of a node have so much time, in ms, if nothing else is said. */
const COMMAND_LIMIT_MS = 10_000;
/** How long the end of a command may take that has run for too long. */
const END_OF_COMMAND_MS = 5_000;
/** What timeout(1) says of a command that it has killed. */
const STATUS_OF_KILLED = 128 + 9;
/** What a package writes when it is installed, such as a database's first files, comes on top of what is in it. */
const DISK_PER_INSTALLED = 2;
const SHUTDOWN_BUDGET_MS = 30_000;

/** A node: real systemd, cloud-init and keepalived in a container that is joined to its port's network namespace. */
export class Node {
  readonly role: StackNode["role"];
  readonly #disk: Disk;
  #stackNode: StackNode;
  #port: Port;
  #container: Container | undefined;

  /** @param stackNode what the stack says of the node @param port where its `eth0` is plugged in */
  constructor(
    stackNode: StackNode,
    port: Port,
    private readonly environment: NodeEnvironment,
  ) {
    this.role = stackNode.role;
    this.#stackNode = stackNode;
    this.#port = port;
    const folder = join(environment.folder, this.role);
    mkdirSync(folder, { recursive: true });
    const { packages, rootFilesystem } = environment;
    const layers = packages === null ? [rootFilesystem] : [packages, rootFilesystem];
    this.#disk = new Disk(folder, layers, packages === null ? 0 : DISK_PER_INSTALLED * installedSizeMb(packages));
  }

  /** What the stack says of it. */
  get stackNode(): StackNode {
    return this.#stackNode;
  }

  /** Where its `eth0` is plugged in. */
  get port(): Port {
    return this.#port;
  }

  /** Whether the node runs. */
  get isUp(): boolean {
    return this.#container !== undefined;
  }

  /** Its init, as this process sees it; undefined where the node is down. */
  get init(): number | undefined {
    return this.#container?.init;
  }

  /** The folder of this machine that shows what is on its disk. */
  get diskFolder(): string {
    return this.#disk.root;
  }

  /** The cgroups that its init is in. */
  get cgroups(): readonly string[] {
    return this.#container?.cgroups ?? [];
  }

  /** Makes its disk anew, with the user data on it as the cloud delivers it; the node is not started. */
  async install(): Promise<void> {
    await this.#disk.format();
    const { hosts, authority, packages, assumptions } = this.environment;
    const userData = deliveredUserData(this.stackNode.userData, assumptions);
    const files = nodeFiles({ node: this.stackNode, userData, hosts, authority, hasPackages: packages !== null });
    for (const [path, content] of Object.entries(files)) {
      this.write(path, content);
    }
    const wants = join(this.#disk.root, "etc/systemd/system/multi-user.target.wants");
    mkdirSync(wants, { recursive: true });
    for (const unit of ENABLED) symlinkSync(`../${unit}`, join(wants, unit));
  }

  /** Starts it, with what is on its disk, its cable plugged in and nothing on its interface from before. */
  async powerOn(): Promise<void> {
    if (this.#container !== undefined) throw new Error(`the ${this.role} is up already`);
    const { fabric, folder } = this.environment;
    await fabric.reconnect(this.port);
    await resetHost(this.port, fabric.subnetPrefixLength, fabric.gateway);
    const container = await Container.start({
      machine: this.role,
      root: this.#disk.root,
      networkNamespace: this.port.namespace,
      cgroups: this.#cgroupFolders,
      consoleFile: join(folder, `${this.role}.console`),
    });
    this.#container = container;
    void container.ended.then(() => {
      if (this.#container === container) this.#container = undefined;
    });
  }

  /**
   * Takes the node down at once, as a power failure does: its every process, and its cable. In this order, since a
   * keepalived that sees the cable go gives the address up, which one without power cannot.
   */
  async crash(): Promise<void> {
    const container = this.#requireUp();
    await container.kill();
    this.#container = undefined;
    await this.environment.fabric.cutOff(this.port);
  }

  /** Shuts it down in order, as the console's "shut down" does, and pulls the cable. */
  async powerOff(): Promise<void> {
    await this.#shutDown("poweroff");
    await this.environment.fabric.cutOff(this.port);
  }

  /** Restarts it in order. */
  async reboot(): Promise<void> {
    await this.#shutDown("reboot");
    await this.powerOn();
  }

  /** Puts another machine in its place: the same addresses and user data, an empty disk. It is down before and after. */
  async replaceDisk(): Promise<void> {
    if (this.#container !== undefined) await this.crash();
    await this.#disk.erase();
    await this.install();
  }

  /** Another instance takes its place, with an empty disk and its own user data. The node is down before and after. */
  async becomeInstance(stackNode: StackNode, port: Port): Promise<void> {
    this.#stackNode = stackNode;
    this.#port = port;
    await this.replaceDisk();
  }

  async #shutDown(verb: "poweroff" | "reboot"): Promise<void> {
    const container = this.#requireUp();
    void this.exec(["systemctl", verb], SHUTDOWN_BUDGET_MS);
    let isOver = false;
    void container.ended.then(() => (isOver = true));
    await waitFor({
      what: `the ${this.role}'s ${verb}`,
      budgetMs: SHUTDOWN_BUDGET_MS,
      look: () => (isOver ? { found: true } : { seen: this.console().slice(-500) }),
    });
    this.#container = undefined;
  }

  /** Runs a command inside the node, for at most so long. Never throws: on a node that is down, it has no status. */
  async exec(command: readonly string[], limitMs = COMMAND_LIMIT_MS): Promise<CommandResult> {
    // It is ended from inside: nobody would reap what is left of it in the node where only the way in was killed, and the
    // node's own end waits for that.
    const [program, ...args] = this.entering(["timeout", "--signal=KILL", String(limitMs / 1_000), ...command]) ?? [];
    if (program === undefined) {
      return { status: undefined, stdout: "", stderr: `the ${this.role} is down`, timedOut: false };
    }
    const begun = performance.now();
    const result = await attempt(program, args, limitMs + END_OF_COMMAND_MS);
    const isKilled = result.status === undefined || result.status === STATUS_OF_KILLED;
    return isKilled && performance.now() - begun >= limitMs ? { ...result, status: undefined, timedOut: true } : result;
  }

  /** What runs a command inside the node, as a command of this machine; undefined where the node is down. */
  entering(command: readonly string[]): string[] | undefined {
    const init = this.#container?.init;
    if (init === undefined) return undefined;
    // With the root folder, since the node's is not that of its mount namespace where this machine is itself a chroot.
    const enter = ["-t", String(init), "-m", "-u", "-i", "-p", "-n", "-r", "-w", "--"];
    return ["nsenter", ...enter, ...asRootOfTheNode(), ...command];
  }

  /**
   * Runs a line of shell inside the node that must succeed.
   *
   * @returns what it writes
   * @throws where it fails, or takes too long
   */
  async shell(script: string, limitMs = COMMAND_LIMIT_MS): Promise<string> {
    const { status, stdout, stderr, timedOut } = await this.exec(["sh", "-c", script], limitMs);
    if (status === 0) return stdout;
    const how = timedOut ? `did not end within ${limitMs} ms` : `failed with status ${status}`;
    throw new Error(`on the ${this.role}, '${script}' ${how}: ${(stderr || stdout).trim()}`);
  }

  /**
   * Leaves it so much memory beyond what it uses now, until it is switched on anew; undefined: as much as there is.
   *
   * @throws where this machine cannot limit memory
   */
  limitMemory(spareBytes: number | undefined): void {
    limitMemory(this.#cgroupFolders, spareBytes);
  }

  /** Sends a signal to all its processes of a name. @throws where there is none */
  signal(name: string, signal: NodeJS.Signals): void {
    const pids = this.processes(name);
    if (pids.length === 0) throw new Error(`no ${name} runs on the ${this.role}`);
    for (const pid of pids) kill(pid, signal);
  }

  /** Its processes of a name, as this process sees them, in the order of their start. */
  processes(name: string): number[] {
    return this.#container?.processes(name).sort((a, b) => a - b) ?? [];
  }

  /** A file on its disk, or undefined where there is none. */
  read(path: string): string | undefined {
    return readText(join(this.#disk.root, path));
  }

  /** A file that only the running node has, such as below /run; undefined where there is none. */
  readRuntime(path: string): { readonly text: string; readonly ageMs: number } | undefined {
    if (this.init === undefined) return undefined;
    const file = join(`/proc/${this.init}/root`, path);
    const text = readText(file);
    const stat = text === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
    return text === undefined || stat === undefined ? undefined : { text, ageMs: Date.now() - stat.mtimeMs };
  }

  /** Writes a file to its disk, whether it is up or not; `null` masks a unit. */
  write(path: string, content: string | Buffer | null): void {
    const file = join(this.#disk.root, path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    if (content === null) symlinkSync("/dev/null", file);
    else writeFileSync(file, content);
  }

  /** Removes a file from its disk, whether it is up or not. */
  remove(path: string): void {
    rmSync(join(this.#disk.root, path), { force: true });
  }

  /** What its console showed. */
  console(): string {
    return readText(join(this.environment.folder, `${this.role}.console`)) ?? "";
  }

  /** The changes of state that keepalived has notified since a moment (ms since the epoch). */
  stateChanges(since: number): StateChange[] {
    return parseStateChanges(this.read(NODE_PATHS.notificationLog) ?? "").filter(({ at }) => isBetween(since, at));
  }

  /** What pairctl's runs have left behind since a moment (ms since the epoch). */
  receipts(since: number): Receipt[] {
    const receipts = parseReceipts(this.read(NODE_PATHS.receiptLog) ?? "");
    return receipts.filter(({ time }) => isBetween(since, Date.parse(time)));
  }

  /** The end of cloud-init's log. */
  bootLog(): string {
    return (this.read("var/log/cloud-init-output.log") ?? "no cloud-init-output.log")
      .trim()
      .split("\n")
      .slice(-12)
      .join("\n");
  }

  get #cgroupFolders(): string[] {
    return this.environment.cgroups.map((cgroup) => join(cgroup, this.role));
  }

  #requireUp(): Container {
    if (this.#container === undefined) throw new Error(`the ${this.role} is down already`);
    return this.#container;
  }
}

/** A node whose clock was ahead for a while has written of times that are still to come. */
const isBetween = (since: number, at: number): boolean => at >= since && at <= Date.now();

/** A process may end between being seen and being signalled, such as a child whose parent was killed just before. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
