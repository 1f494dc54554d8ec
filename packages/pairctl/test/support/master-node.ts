import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ListenOptions, LocalCloud } from "local-cloud";
import { bundleName, type OptionalFeature, packedProgram } from "../../src/contract/index.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { callAsRoot, holder, SETTINGS, STATE, startCloud, TestNode, VIP } from "./pair.ts";

/** Where the programs lie that are packed as the nodes get them. It ends with this process. */
const PACKED = mkdtempSync(join(tmpdir(), "packed-pairctl-"));
process.on("exit", () => rmSync(PACKED, { recursive: true }));

/** The built pairctl, packed as the nodes get it; and that of a pair with the peer's word. */
export const PAIRCTL = packedCopy([]);
export const PAIRCTL_WITH_WORD = packedCopy(["peerWord"]);

function packedCopy(features: readonly OptionalFeature[]): string {
  const name = bundleName("secondary-private-ip", features);
  const built = fileURLToPath(new URL(`../../../../assets/pairctl/${name}`, import.meta.url));
  const file = join(PACKED, name);
  writeFileSync(file, packedProgram(readFileSync(built, "utf8")));
  return file;
}

/** The API's host name, of the cloud's own form: its SDK reads the service from it. */
export const API_HOST = "vpc.cloud.test";

const INSIDE = "MASTER_NODE_INSIDE";

/** Where the nodes' files lie inside the namespaces. */
const IN_MEMORY = "/mnt";

/**
 * Runs a program again in network, mount and process namespaces of its own, where it may be a node: they end with it.
 *
 * @param program the program's own path
 * @returns whether this is the inner run, which is to do the work; the outer one exits with the inner one's status
 */
export function inNamespaces(program: string): boolean {
  if (process.env[INSIDE] !== undefined) {
    execFileSync("ip", ["link", "set", "lo", "up"]);
    // A node's /run is in memory: on a disk, each file that replaces another one takes many times as long.
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", IN_MEMORY]);
    process.env["TMPDIR"] = IN_MEMORY;
    const hosts = 'file=$(mktemp) && echo "127.0.0.1 $1" >$file && mount --bind $file /etc/hosts && rm $file';
    execFileSync("sh", ["-c", hosts, "sh", API_HOST]);
    return true;
  }
  const namespaces = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), program];
  const { status } = spawnSync("unshare", [...namespaces, ...command], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1", PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
  });
  process.exitCode = status ?? 1;
  return false;
}

/** What a program that did pairctl's job left behind. */
export interface Run {
  /** From the start of the process to its end. */
  readonly ms: number;
  readonly status: number | null;
  readonly stdout: string;
  /** The most memory that it had, in MB. */
  readonly megabytes: number;
}

/** A node that is MASTER in earnest, in secondary-private-ip mode: a process of that name runs, an interface has the VIP. */
export class MasterNode implements AsyncDisposable {
  /** Where pairctl finds the node's files. */
  readonly root = mkdtempSync(join(tmpdir(), "master-node-"));
  readonly #keepalived: ChildProcess;
  #notifications = 0;

  private constructor(
    readonly cloud: LocalCloud,
    readonly settings: Record<string, unknown>,
  ) {
    for (const address of [VIP, settings["privateIp"]]) setAddress("add", address);
    const keepalived = join(this.root, "keepalived");
    copyFileSync("/bin/sleep", keepalived);
    this.#keepalived = spawn(keepalived, ["600"], { stdio: "ignore" });
    for (const name of ["etc/pairctl", "run", "var/log", "proc/net"]) {
      mkdirSync(join(this.root, name), { recursive: true });
    }
    symlinkSync("/proc/uptime", join(this.root, "proc/uptime"));
    // keepalived listens for VRRP.
    writeFileSync(join(this.root, "proc/net/raw"), "   0: 00000000:0070 00000000:0000 07\n");
    writeFileSync(join(this.root, SETTINGS), JSON.stringify(settings));
  }

  /**
   * @param taskMs how long the cloud's tasks take
   * @param tls the key and the certificate of {@link API_HOST}; without them the API answers without TLS
   */
  static async start({ taskMs = 0, tls }: { taskMs?: number; tls?: ListenOptions["tls"] } = {}): Promise<MasterNode> {
    // The cloud's SDK leaves the port out of what it signs, so it must be the scheme's. The test's own calls need no TLS.
    const host = "127.0.0.1";
    const api = [{ host, port: 80 }, ...(tls === undefined ? [] : [{ host, port: 443, tls }])];
    const cloud = await startCloud("secondary-private-ip", taskMs, api);
    const { settings } = new TestNode(cloud, "primary", "secondary-private-ip");
    const scheme = tls === undefined ? "http" : "https";
    return new MasterNode(cloud, { ...settings, apiEndpoints: [`${scheme}://${API_HOST}`] });
  }

  /** keepalived has just made it MASTER, and a program does what is to be done. */
  async promote(command: readonly [string, ...string[]]): Promise<Run> {
    this.notify("MASTER");
    return measure(command, this.root);
  }

  /** keepalived adds the VIP or takes it off. */
  setVip(isHere: boolean): void {
    setAddress(isHere ? "add" : "del", VIP);
  }

  /** Writes a notification down as the notify script does. */
  notify(state: "MASTER" | "BACKUP"): void {
    this.#notifications += 1;
    const file = join(this.root, `${STATE}notification`);
    writeFileSync(`${file}.new`, `${state} ${new Date().toISOString()} ${this.#notifications}\n`);
    renameSync(`${file}.new`, file);
  }

  /** Puts the address where a deploy leaves it. */
  async park(): Promise<void> {
    const from = this.cloud.holderOf(VIP)?.networkInterfaceId;
    if (from === "eni-parking0") return;
    const ends = { SourceNetworkInterfaceId: from, DestinationNetworkInterfaceId: "eni-parking0" };
    await callAsRoot(this.cloud, "MigratePrivateIpAddress", { ...ends, PrivateIpAddress: VIP });
    for (let attempt = 0; this.cloud.holderOf(VIP)?.networkInterfaceId !== "eni-parking0"; attempt += 1) {
      if (attempt === 100) throw new Error("the address does not get back to the parking interface");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The instance that has the address, in the eyes of the cloud. */
  get holder(): string | undefined {
    return holder(this.cloud);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#keepalived.kill("SIGKILL");
    execFileSync("ip", ["address", "flush", "dev", "lo", "scope", "global"]);
    await this.cloud.stop();
    rmSync(this.root, { recursive: true });
  }
}

/** The VIP, or the address by which the node knows that the settings are its own. */
function setAddress(verb: "add" | "del", address: unknown): void {
  execFileSync("ip", ["address", verb, `${address}/32`, "dev", "lo"]);
}

/** The receipt in what pairctl printed. */
export function receiptOf({ stdout }: Run): Receipt {
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Receipt;
}

async function measure([program, ...args]: readonly string[], root: string): Promise<Run> {
  const started = performance.now();
  const env = { ...process.env, PAIRCTL_ROOT: root };
  const child = spawn(program as string, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  let megabytes = 0;
  const look = setInterval(() => (megabytes = Math.max(megabytes, peakMegabytes(child.pid))), 2);
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(look);
  return { ms: performance.now() - started, status, stdout, megabytes };
}

function peakMegabytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
