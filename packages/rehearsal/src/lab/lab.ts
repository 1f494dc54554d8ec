import { mkdirSync } from "node:fs";
import {
  type Assumptions,
  formatIpv4,
  hasAddress,
  type Ipv4Range,
  type LocalCloud,
  type LocalCloudOptions,
  parseCidr,
} from "local-cloud";
import { Disposables } from "../machine/disposables.ts";
import { follow } from "../machine/process.ts";
import { AutomationAgent } from "../nodes/automation-agent.ts";
import { NodeMachines } from "../nodes/machines.ts";
import { Node, type NodeEnvironment } from "../nodes/node.ts";
import type { Role, Via } from "../report/run-record.ts";
import type { Timeline } from "../report/timeline.ts";
import type { StackModel } from "../stack/stack.ts";
import { makeCertificates } from "./certificates.ts";
import { Client } from "./client.ts";
import { API_IP, endpointsOf, METADATA_IP } from "./endpoints.ts";
import { Fabric } from "../network/fabric.ts";
import type { Port } from "../network/host-namespace.ts";
import { type ActiveImpairment, impair, type Impairment, type Party, type Place } from "../network/impairment.ts";
import { isVip, viaOfEip, viaOfVip } from "./asked-addresses.ts";
import { Owner } from "./owner.ts";
import { takeIn } from "./take-in.ts";
import { wireUp } from "./wiring.ts";

/** Where the client is, seen from the public address: a block that is reserved for documentation (RFC 5737). */
const INTERNET_CLIENT_IP = "198.51.100.10";
/** Where the public addresses are that a deploy allots: another such block. */
const PUBLIC_ADDRESSES = "203.0.113.0/24";

/** What a lab is set up with. */
export interface LabOptions {
  /** The stack as it is synthesized. */
  readonly stack: StackModel;
  /** Starts the cloud with the stack's resources in it. */
  readonly openCloud: (options: CloudOptions) => Promise<PopulatedCloud>;
  readonly rootFilesystem: string;
  /** A folder with packages that the nodes install, to lay over it; null where it has all of them. */
  readonly packages: string | null;
  /** A folder on a file system of its own. */
  readonly folder: string;
  readonly cgroups: readonly string[];
  readonly timeline: Timeline;
  /** How long an asynchronous task of the cloud takes. */
  readonly taskMs: number;
  /** How long the fabric takes to believe a gratuitous ARP. */
  readonly arpDelayMs: number;
  /** What is assumed of the cloud where that is not what is believed. */
  readonly assumptions: Partial<Assumptions>;
}

/** How the cloud of a lab is started. */
export type CloudOptions = Omit<LocalCloudOptions, "region">;

/** A cloud with a stack in it; disposed of, it has stopped. */
export interface PopulatedCloud extends AsyncDisposable {
  readonly cloud: LocalCloud;
  /** The stack as it is in the cloud. */
  readonly stack: StackModel;
}

/** What a lab is made of, before its nodes are plugged in. */
interface Parts extends Pick<PopulatedCloud, "cloud" | "stack"> {
  readonly fabric: Fabric;
  readonly client: Client;
  readonly clientPort: Port;
  readonly environment: NodeEnvironment;
  readonly cloudClock: { aheadMs: number };
}

/** The whole of a rehearsal's world: the cloud, its fabric, the client, and the two nodes, which are down at first. */
export class Lab implements AsyncDisposable {
  readonly stack: StackModel;
  readonly cloud: LocalCloud;
  readonly fabric: Fabric;
  readonly client: Client;
  readonly timeline: Timeline;
  /** How long the fabric takes to believe a gratuitous ARP, from now on. */
  arpDelayMs: number;
  readonly #owner: Owner;
  readonly #nodes = new Map<Role, Node>();
  readonly #ports = new Map<string, Port>();
  #started = new Disposables();
  readonly #impairments: ActiveImpairment[] = [];
  readonly #adverts = new Map<string, number>();

  private constructor(
    options: LabOptions,
    private readonly parts: Parts,
  ) {
    this.stack = parts.stack;
    this.cloud = parts.cloud;
    this.fabric = parts.fabric;
    this.client = parts.client;
    this.timeline = options.timeline;
    this.arpDelayMs = options.arpDelayMs;
    this.#owner = new Owner(parts.cloud);
  }

  /**
   * Starts the cloud and its fabric with everything that the stack declares, and a client that asks from now on.
   *
   * @throws where something cannot be started; what was started before has ended then
   */
  static async start(options: LabOptions): Promise<Lab> {
    await using started = new Disposables();
    const synthesized = options.stack;
    mkdirSync(options.folder, { recursive: true });
    const range = parseCidr(synthesized.subnet.cidrBlock);
    if (range === undefined) {
      throw new Error(
        `the subnet's CIDR block must be a network such as 10.0.1.0/24, got '${synthesized.subnet.cidrBlock}'`,
      );
    }
    const fabric = await Fabric.create(range.prefixLength, gatewayOf(range), [METADATA_IP, API_IP]);

    const endpoints = endpointsOf(synthesized.nodes);
    const { authority, ...tls } = await makeCertificates(options.folder, endpoints.certified);
    const cloudClock = { aheadMs: 0 };
    const populated = await options.openCloud({
      taskMs: options.taskMs,
      assumptions: options.assumptions,
      now: () => Date.now() + cloudClock.aheadMs,
      // Nodes come by TLS, a deploy from this machine without.
      api: [
        { host: "127.0.0.1", port: 0 },
        ...endpoints.api.map(({ port, isTls }) => ({ host: API_IP, port, ...(isTls && { tls }) })),
      ],
      metadata: { host: METADATA_IP, port: endpoints.metadataPort },
    });
    const { cloud, stack } = started.use(populated);

    const clientPort = await fabric.plugIn("client", "02:00:00:00:02:01", freeAddress(stack, range));
    await fabric.connectInternet("client", "wan", INTERNET_CLIENT_IP, publicAddresses(stack));

    const environment: NodeEnvironment = {
      fabric,
      rootFilesystem: options.rootFilesystem,
      packages: options.packages,
      folder: options.folder,
      cgroups: options.cgroups,
      authority,
      hosts: endpoints.hosts,
      assumptions: options.assumptions,
    };
    const client = started.use(new Client("client", waysToTheService(stack.addresses)));
    const lab = new Lab(options, { cloud, stack, fabric, client, clientPort, environment, cloudClock });
    started.defer(async () => {
      for (const node of lab.nodes) if (node.isUp) await node.crash();
    });
    for (const role of ["primary", "secondary"] as const) {
      await lab.#addNode(role);
      started.use(lab.#watchAddresses(role));
    }
    cloud.plugInAgents({
      status: (instanceId) => (lab.#agentOf(instanceId)?.isOnline ? "online" : "offline"),
      run: async (command) => (await lab.#agentOf(command.instanceId)?.run(command)) ?? { kind: "lost" },
    });
    cloud.plugInMachines(
      new NodeMachines(
        (instanceId) => lab.#nodeOf(instanceId),
        (instanceId) =>
          takeIn({ cloud, fabric, timeline: options.timeline, nodes: lab.nodes, ports: lab.#ports }, instanceId),
      ),
    );
    const wire = await wireUp({
      ...{ cloud, fabric, stack, ports: lab.#ports, timeline: options.timeline },
      nameOf: (instanceId) => lab.nameOf(instanceId),
      arpDelayMs: () => lab.arpDelayMs,
      onAdvert: (port) => lab.#adverts.set(port.name, Date.now()),
    });
    started.use(wire);
    lab.#started = started.keep();
    return lab;
  }

  /** Whether the nodes install packages at their first boot. */
  get installsPackages(): boolean {
    return this.parts.environment.packages !== null;
  }

  /** The two nodes, the primary first. */
  get nodes(): readonly Node[] {
    return [...this.#nodes.values()];
  }

  /** A node by its role. */
  node(role: Role): Node {
    const node = this.#nodes.get(role);
    if (node === undefined) throw new Error(`the stack has no ${role}`);
    return node;
  }

  /** The other node of the pair. */
  peerOf(node: Node): Node {
    return this.node(node.role === "primary" ? "secondary" : "primary");
  }

  /** The account's owner, for what people do by hand. */
  get owner(): Owner {
    return this.#owner;
  }

  /** Lets packets get lost until the network is healed. */
  async impair(...impairments: Impairment[]): Promise<void> {
    this.#impairments.push(await impair(impairments, (party) => this.#placeOf(party)));
  }

  /** Lets all packets through again. */
  async healNetwork(): Promise<void> {
    for (const impairment of this.#impairments.splice(0)) await impairment.heal();
  }

  /** When the fabric last received a VRRP advert of a priority other than 0 from a node; undefined: never. */
  lastAdvertAt(node: Node): number | undefined {
    return this.#adverts.get(node.port.name);
  }

  /** How much the cloud's clock is ahead of the nodes', which is this machine's. */
  set cloudClockAheadMs(ms: number) {
    this.parts.cloudClock.aheadMs = ms;
  }

  /** What an instance is called here. */
  nameOf(instanceId: string | undefined): string | undefined {
    return this.nodes.find(({ stackNode }) => stackNode.instanceId === instanceId)?.role ?? instanceId;
  }

  /** Whose instance has an address in the eyes of the cloud: a node's role, or another one's id; undefined: no instance. */
  holderOf(vip: string): string | undefined {
    return this.nameOf(this.cloud.holderOf(vip)?.instanceId);
  }

  /** Ends the nodes and everything that watches; the fabric ends with its namespace. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started[Symbol.asyncDispose]();
  }

  async #addNode(role: Role): Promise<void> {
    const stackNode = this.stack.nodes.find((candidate) => candidate.role === role);
    const instance = stackNode && this.cloud.state.instances.get(stackNode.instanceId);
    const eni = instance && this.cloud.state.networkInterfaces.get(instance.networkInterfaceId);
    if (stackNode === undefined || eni === undefined) throw new Error(`the stack has no ${role}`);
    const port = await this.fabric.plugIn(role, eni.macAddress.toLowerCase(), stackNode.privateIp);
    const node = new Node(stackNode, port, this.parts.environment);
    this.#nodes.set(role, node);
    this.#ports.set(eni.networkInterfaceId, port);
    await node.install();
  }

  /** The automation agent of an instance; undefined where the instance is none of the nodes. */
  #agentOf(instanceId: string): AutomationAgent | undefined {
    const node = this.#nodeOf(instanceId);
    return node && new AutomationAgent(node);
  }

  /** The node that an instance is; undefined where it is none. */
  #nodeOf(instanceId: string): Node | undefined {
    return this.nodes.find(({ stackNode }) => stackNode.instanceId === instanceId);
  }

  #placeOf(party: Party): Place {
    if (party === "API") return { address: API_IP };
    if (party === "metadata service") return { address: METADATA_IP };
    if (party === "client") return { ports: [this.parts.clientPort.name, "internet"] };
    return { ports: [this.node(party).port.name] };
  }

  /** Notes when a node gets and loses a VIP. */
  #watchAddresses(role: Role): Disposable {
    return follow("ip", ["-n", role, "-o", "monitor", "address"], (line) => {
      // A deploy may have given the pair further ones since the lab was started.
      const vips = [...this.client.addresses].flatMap(([via, address]) => (isVip(via) ? [address] : []));
      const vip = vips.find((each) => line.includes(` ${each}/`));
      if (vip === undefined) return;
      const name = vips.length === 1 ? "the VIP" : vip;
      this.timeline.note(role, "address", `${line.startsWith("Deleted") ? "drops" : "takes"} ${name}`);
    });
  }
}

/** The addresses that the client asks through. */
function waysToTheService(addresses: StackModel["addresses"]): Map<Via, string> {
  const [first] = addresses;
  return new Map(
    addresses.flatMap(({ vip, eip }): [Via, string][] => [
      [viaOfVip(first, vip), vip],
      ...(eip === undefined ? [] : [[viaOfEip(first, vip), eip.addressIp] as [Via, string]]),
    ]),
  );
}

/** An EIP that exists already may be anywhere. */
function publicAddresses({ addresses }: StackModel): string[] {
  const own = addresses.map(({ eip }) => eip?.addressIp).filter((address) => address !== undefined);
  const block = parseCidr(PUBLIC_ADDRESSES);
  return [PUBLIC_ADDRESSES, ...own.filter((address) => block === undefined || !hasAddress(block, address))];
}

/** The first address of a subnet behind its network address, as in the cloud. */
const gatewayOf = ({ first }: Ipv4Range) => formatIpv4(first + 1);

/** An address of the subnet for the client, which neither the stack nor the cloud has. */
function freeAddress(stack: StackModel, { first, last }: Ipv4Range): string {
  const taken = [
    ...stack.addresses.flatMap(({ vip, parkingEni }) => [vip, parkingEni?.privateIp]),
    ...stack.nodes.map((node) => node.privateIp),
  ];
  for (let candidate = last - 1; candidate > first + 1; candidate -= 1) {
    const address = formatIpv4(candidate);
    if (!taken.includes(address)) return address;
  }
  throw new Error(`the subnet ${stack.subnet.cidrBlock} has no address left for the client`);
}
