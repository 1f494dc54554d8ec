import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleName, type Mechanism, type OptionalFeature } from "../../src/contract/index.ts";
import { SETTINGS } from "./pair.ts";

const BUNDLES = fileURLToPath(new URL("../../../../assets/pairctl", import.meta.url));
const ISOLATED = ["--user", "--map-root-user", "--net"];
const PATH = `${process.env["PATH"]}:/usr/sbin:/sbin`;

/** Whether a node's network can be made here, which is said where it cannot. @param who what does not run then */
export function canIsolate(who: string): boolean {
  const { status } = spawnSync("unshare", [...ISOLATED, "ip", "link", "set", "lo", "up"], { env: { PATH } });
  if (status !== 0)
    console.log(`not run: ${who}: no network namespace can be made here (unshare ${ISOLATED.join(" ")})`);
  return status === 0;
}

/** A node with a network of its own, whose ports nobody else has, and the built pairctl on it; the cloud does not answer it. */
export class NodeOfItsOwn implements AsyncDisposable {
  /** Where pairctl finds the node's files. */
  readonly root = mkdtempSync(join(tmpdir(), "pairctl-node-"));
  readonly #network: ChildProcess;
  readonly #programs: ChildProcess[] = [];
  readonly #agent: string;

  private constructor(mechanism: Mechanism, features: readonly OptionalFeature[]) {
    this.#agent = join(BUNDLES, bundleName(mechanism, features));
    // It says a line as soon as there is a network.
    const script = "ip link set lo up && ip address add 10.0.1.11/32 dev lo && echo up && exec sleep infinity";
    this.#network = spawn("unshare", [...ISOLATED, "sh", "-c", script], {
      env: { PATH },
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  /** @param features what its pairctl is built with, beside what each has */
  static async start(mechanism: Mechanism, features: readonly OptionalFeature[] = []): Promise<NodeOfItsOwn> {
    const node = new NodeOfItsOwn(mechanism, features);
    for (const name of ["etc/pairctl", "run", "var/log"]) mkdirSync(join(node.root, name), { recursive: true });
    const settings = {
      ...{ mechanism, region: "ap-singapore", vpcId: "vpc-00000001", advertInt: 1, roleName: "pair-hook" },
      ...{ privateIp: "10.0.1.11", priority: 100, peerIp: "10.0.1.12", peerPriority: 80 },
      virtualIps: [{ vip: "10.0.1.100", ...(mechanism === "havip" ? {} : { parkingIp: "10.0.1.101" }) }],
      ...{ apiEndpoints: ["http://127.0.0.1:1"], metadataEndpoint: "http://127.0.0.1:1" },
    };
    writeFileSync(join(node.root, SETTINGS), JSON.stringify(settings));
    if (node.#network.stdout) await once(node.#network.stdout, "data");
    return node;
  }

  /** Starts a program on it, which ends with it. @param onText gets what it prints */
  run(command: readonly string[], onText: (text: string) => void = () => undefined): ChildProcess {
    const [program, ...args] = this.#inside(command);
    const env = { ...process.env, PATH, PAIRCTL_ROOT: this.root };
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const output of [child.stdout, child.stderr]) output.on("data", (chunk) => onText(String(chunk)));
    this.#programs.push(child);
    return child;
  }

  /** Starts the agent. */
  runAgent(onText?: (text: string) => void): ChildProcess {
    return this.run([process.execPath, this.#agent, "agent"], onText);
  }

  /** What a command prints there; throws where it fails. */
  exec(...command: readonly string[]): string {
    const [program, ...args] = this.#inside(command);
    return execFileSync(program, args, {
      encoding: "utf8",
      env: { ...process.env, PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  #inside(command: readonly string[]): [string, ...string[]] {
    const target = ["--target", String(this.#network.pid), "--user", "--net", "--preserve-credentials"];
    return ["nsenter", ...target, ...command];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of [...this.#programs, this.#network]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const end = once(child, "exit");
      child.kill("SIGKILL");
      await end;
    }
    rmSync(this.root, { recursive: true });
  }
}
