import type { LocalCloud, LocalCloudOptions } from "local-cloud";
import type { World } from "../audit/audit.ts";
import { makeCertificates } from "./certificates.ts";
import { Client } from "./client.ts";
import { Fabric, type Port } from "./fabric.ts";
import { Node, type NodeEnvironment } from "../nodes/node.ts";
import type { Via } from "../audit/outage.ts";
import { follow, sleep } from "../machine/process.ts";
import type { StackModel } from "../stack/stack.ts";
import type { Timeline } from "../report/timeline.ts";
import { watchWire } from "./wire.ts";

const METADATA_IP = "169.254.0.23";
const API_IP = "169.254.0.24";
/** Where the client is, seen from the public address: a block that is reserved for documentation (RFC 5737). */
const INTERNET_CLIENT_IP = "198.51.100.10";
const PUBLIC_ADDRESSES = "203.0.113.0/24";

/** What a lab is set up with. */
export interface LabOptions {
  /** The stack as it is synthesized. */
  readonly stack: StackModel;
  /** Starts the cloud with the stack's resources in it. */
  readonly openCloud: (options: CloudOptions) => Promise<PopulatedCloud>;
  readonly rootFilesystem: string;
  /** A folder on a file system of its own. */
  readonly folder: string;
  readonly cgroups: readonly string[];
  readonly timeline: Timeline;
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
}

/** How the cloud of a lab is started. */
export type CloudOptions = Omit<LocalCloudOptions, "region">;

/** A cloud with a stack in it. */
export interface PopulatedCloud {
  readonly cloud: LocalCloud;
  /** The stack as it is in the cloud. */
  readonly stack: StackModel;
}

/** The whole of a rehearsal's world: the cloud, its fabric, the client; and the nodes, once they are booted. */
export class Lab implements World {
  readonly nodes: Node[] = [];

  private constructor(
    private readonly options: LabOptions,
    readonly stack: StackModel,
    readonly cloud: LocalCloud,
    readonly fabric: Fabric,
    readonly client: Client,
    private readonly environment: NodeEnvironment,
  ) {}

  /** Starts the cloud and its fabric with everything that the stack declares, and a client that asks from now on. */
  static async start(options: LabOptions): Promise<Lab> {
    const synthesized = options.stack;
    const [network, prefix] = synthesized.subnet.cidrBlock.split("/");
    const gateway = (network ?? "").replace(/\d+$/, (last) => String(Number(last) + 1));
    const fabric = await Fabric.create(Number(prefix), gateway, [METADATA_IP, API_IP]);

    const names = [...new Set(synthesized.nodes.flatMap((node) => node.endpoints))].map(
      (endpoint) => new URL(endpoint),
    );
    const apiNames = names.filter((url) => url.protocol === "https:").map((url) => url.hostname);
    const { authority, ...tls } = await makeCertificates(options.folder, apiNames);
    const { cloud, stack } = await options.openCloud({
      taskMs: options.taskMs,
      // Nodes come by TLS, a deploy from this machine without.
      api: [
        { host: "127.0.0.1", port: 0 },
        { host: API_IP, port: 443, tls },
      ],
      metadata: { host: METADATA_IP, port: 80 },
    });

    const clientIp = freeAddress(stack, network ?? "");
    await fabric.plugIn("client", "02:00:00:00:02:01", clientIp);
    await fabric.connectInternet("client", "wan", INTERNET_CLIENT_IP, PUBLIC_ADDRESSES);
    const addresses = new Map<Via, string>([["VIP", stack.vip]]);
    if (stack.eip !== undefined) addresses.set("EIP", stack.eip.addressIp);

    const environment: NodeEnvironment = {
      rootFilesystem: options.rootFilesystem,
      folder: options.folder,
      cgroups: options.cgroups,
      authority,
      hosts: Object.fromEntries(names.map((url) => [url.hostname, url.protocol === "https:" ? API_IP : METADATA_IP])),
    };
    const lab = new Lab(options, stack, cloud, fabric, new Client("client", addresses), environment);
    await lab.#connect();

    return lab;
  }

  /** Boots one of the stack's nodes. */
  async boot(role: Node["role"]): Promise<Node> {
    const stackNode = this.stack.nodes.find((candidate) => candidate.role === role);
    const instance = stackNode && this.cloud.state.instances.get(stackNode.instanceId);
    const eni = instance && this.cloud.state.networkInterfaces.get(instance.networkInterfaceId);
    if (stackNode === undefined || eni === undefined) throw new Error(`the stack has no ${role}`);
    const port = await this.fabric.plugIn(role, eni.macAddress.toLowerCase(), stackNode.privateIp);
    this.#ports.set(eni.networkInterfaceId, port);
    this.#watchAddresses(role);
    const node = await Node.boot(stackNode, port, this.environment);
    this.nodes.push(node);
    this.options.timeline.note(role, "boots the user data");
    return node;
  }

  readonly #ports = new Map<string, Port>();

  /** Lets the fabric follow the cloud, and the cloud's HAVIP the gratuitous ARP. */
  async #connect(): Promise<void> {
    const { timeline, arpDelayMs } = this.options;
    const { cloud, fabric, stack } = this;
    if (stack.eip?.bound) await fabric.bindPublicAddress(stack.eip.addressIp, stack.vip);
    cloud.on("holder", ({ vip, instanceId, networkInterfaceId, at }) => {
      const port = networkInterfaceId === undefined ? undefined : this.#ports.get(networkInterfaceId);
      timeline.note("cloud", `${vip} is on ${this.#name(instanceId) ?? networkInterfaceId ?? "no interface"}`, at);
      const move = port === undefined ? fabric.unassign(vip) : fabric.assign(vip, port);
      move.then(() => timeline.note("fabric", `sends ${vip} to ${port ? `the ${port.namespace}` : "nobody"}`), fail);
    });
    cloud.on("eip", ({ addressIp, privateIp, at }) => {
      timeline.note("cloud", `${addressIp} is bound to ${privateIp ?? "nothing"}`, at);
      fabric.bindPublicAddress(addressIp, privateIp).catch(fail);
    });
    cloud.on("call", ({ at, action, instanceId, code }) => {
      timeline.note("cloud", `${action} from ${this.#name(instanceId) ?? "nobody known"}: ${code}`, at);
    });
    watchWire(async (event) => {
      const [eni, port] = [...this.#ports].find(([, candidate]) => candidate.name === event.port) ?? [];
      if (eni === undefined || port === undefined) return;
      if (event.kind === "resignation") timeline.note(port.namespace, "resigns: an advert of priority 0");
      else if (stack.mechanism === "havip" && event.address === stack.vip) {
        await sleep(arpDelayMs);
        cloud.learn({ vip: stack.vip, networkInterfaceId: eni });
      }
    });
  }

  /** What an instance is called here. */
  #name(instanceId: string | undefined): string | undefined {
    const node = this.stack.nodes.find((candidate) => candidate.instanceId === instanceId);
    return node === undefined ? instanceId : `the ${node.role}`;
  }

  /** Notes when a node gets and loses the VIP. */
  #watchAddresses(role: Node["role"]): void {
    follow("ip", ["-n", role, "-o", "monitor", "address"], (line) => {
      if (!line.includes(` ${this.stack.vip}/`)) return;
      this.options.timeline.note(role, line.startsWith("Deleted") ? "drops the VIP" : "takes the VIP");
    });
  }
}

function fail(error: Error): never {
  console.error(`the fabric could not follow the cloud: ${error.message}`);
  process.exit(1);
}

/** An address of the subnet for the client, which neither the stack nor the cloud has. */
function freeAddress(stack: StackModel, network: string): string {
  const taken = [stack.vip, stack.parkingEni?.privateIp, ...stack.nodes.map((node) => node.privateIp)];
  for (let last = 250; last > 1; last -= 1) {
    const candidate = network.replace(/\d+$/, (octet) => String(Number(octet) + last));
    if (!taken.includes(candidate)) return candidate;
  }
  throw new Error(`the subnet ${stack.subnet.cidrBlock} has no address for the client`);
}
