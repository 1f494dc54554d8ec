import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openCloud } from "cloud-client";
import { LocalCloud } from "local-cloud";
import { type Mechanism, NODE_PATHS, type NodeRole, type NodeSettings } from "pairctl/contract";
import { stringify } from "yaml";
import { type Clock, MACHINE_CLOCK } from "../../src/cli/clock.ts";
import { run } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { type NodeFile, unpackUserData } from "../../src/user-data/unpack.ts";
import { AnsweredPrograms } from "./answered-programs.ts";
import { FakeNode } from "./fake-node.ts";

export const VIP = "10.0.1.100";
export const EIP = "203.0.113.7";
const PARKING_IP = "10.0.1.101";
const REGION = "ap-singapore";

/** What a node of the tests is made with. */
interface NodeFacts {
  readonly role: NodeRole;
  readonly instanceId: string;
  readonly privateIp: string;
  readonly peerIp: string;
  readonly priority: number;
  readonly peerPriority: number;
}

export const PRIMARY: NodeFacts = {
  ...{ role: "primary", instanceId: "ins-11111111", privateIp: "10.0.1.11", peerIp: "10.0.1.12" },
  ...{ priority: 100, peerPriority: 80 },
};
export const SECONDARY: NodeFacts = {
  ...{ role: "secondary", instanceId: "ins-22222222", privateIp: "10.0.1.12", peerIp: "10.0.1.11" },
  ...{ priority: 80, peerPriority: 100 },
};

/** A change of the files that the stack gives a node: their new texts by their paths; undefined takes one away. */
export type FileChanges = Readonly<Record<string, string | undefined>>;

/** The user data that was made, by all that it depends on: each pair of the tests begins with the same. */
const MADE = new Map<string, string>();

/** The user data of a node, as the provider keeps it. */
export function userDataOf(facts: NodeFacts, mechanism: Mechanism, changes: FileChanges = {}): string {
  const key = JSON.stringify([facts, mechanism, Object.entries(changes)]);
  const made = MADE.get(key) ?? makeUserData(facts, mechanism, changes);
  MADE.set(key, made);
  return made;
}

function makeUserData(facts: NodeFacts, mechanism: Mechanism, changes: FileChanges): string {
  const settings: NodeSettings = {
    ...{ mechanism, region: REGION, vpcId: "vpc-11111111", advertInt: 1 },
    ...{ privateIp: facts.privateIp, peerIp: facts.peerIp },
    ...{ priority: facts.priority, peerPriority: facts.peerPriority },
    virtualIps: [{ vip: VIP, eipId: "eip-11111111", ...(mechanism === "havip" ? {} : { parkingIp: PARKING_IP }) }],
    roleName: "web-hook",
  };
  const files: Record<string, string | undefined> = {
    [NODE_PATHS.keepalivedConf]: `global_defs {
  router_id web-${facts.role}
}
vrrp_instance VIP {
    interface eth0
    priority ${facts.priority}
}
`,
    [NODE_PATHS.settings]: `${JSON.stringify(settings)}\n`,
    [NODE_PATHS.command]: "#!/usr/bin/env node\nconsole.log('one')\n",
    "/etc/pairctl/node.conf": "PACKAGES='keepalived nodejs'\nCHECKS=''\n",
    "/root/of-the-user": "theirs\n",
    ...changes,
  };
  const written = Object.entries(files).flatMap(([path, content]) =>
    content === undefined ? [] : [{ path, content, permissions: /sbin|libexec/.test(path) ? "0755" : "0644" }],
  );
  return gzipSync(`#cloud-config\n${stringify({ write_files: written })}`).toString("base64");
}

/** What a command of `pair` came to. */
export interface CommandResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** How many times as long as was asked for somebody has slept by a {@link hurriedClock}, so that there is little to look at. */
const OVERSLEPT = 40;

/** A clock by which nobody waits: what is to be slept, and more, is over at once. */
export function hurriedClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    sleep: async (ms) => {
      now += OVERSLEPT * ms;
    },
  };
}

/** A deployed pair whose nodes are played by the test, in a local cloud that TAT reaches them through. */
export class World implements AsyncDisposable {
  primary: FakeNode;
  secondary: FakeNode;
  readonly env: Record<string, string>;
  /** Whether a node that is drained leaves the service to its peer. */
  failsOver = true;
  /** What the commands wait by. */
  clock: Clock = MACHINE_CLOCK;
  /** New instances by their ids, which nobody has asked yet. */
  readonly #made = new Map<string, { readonly role: NodeRole; readonly node: FakeNode }>();
  readonly #holders: (NodeRole | "parked")[] = [];

  private constructor(
    readonly cloud: LocalCloud,
    /** What the commands start, such as a Terraform. */
    readonly programs: AnsweredPrograms,
    readonly folder: string,
    readonly mechanism: Mechanism,
  ) {
    const [primary, secondary] = [PRIMARY, SECONDARY].map((facts) => this.#boot(facts));
    if (primary === undefined || secondary === undefined) throw new Error("a pair has two nodes");
    this.primary = primary;
    this.secondary = secondary;
    const [url = ""] = cloud.apiUrls;
    const secret = { secretId: "AKIDtest", secretKey: "secret-of-the-test" };
    cloud.seed.secret(secret);
    this.env = {
      ...{ TENCENTCLOUD_SECRET_ID: secret.secretId, TENCENTCLOUD_SECRET_KEY: secret.secretKey },
      ...{ TENCENTCLOUD_PROTOCOL: "HTTP", TENCENTCLOUD_DOMAIN: "local-cloud.invalid", HTTP_PROXY: url },
    };
    this.stack();
    cloud.plugInAgents({
      status: (instanceId) => this.node(instanceId).agentStatus,
      run: ({ instanceId, script }) => this.node(instanceId).run(script),
    });
  }

  /** A pair that is well: the primary serves, the secondary is the standby. */
  static async start(mechanism: Mechanism = "secondary-private-ip"): Promise<World> {
    const cloud = await LocalCloud.start({ region: REGION, taskMs: 0 });
    const { seed } = cloud;
    seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
    seed.subnet({
      ...{ subnetId: "subnet-11111111", vpcId: "vpc-11111111" },
      cidrBlock: "10.0.1.0/24",
      zone: `${REGION}-1`,
    });
    const place = { subnetId: "subnet-11111111" };
    for (const { instanceId, privateIp, role } of [PRIMARY, SECONDARY]) {
      seed.instance({ ...place, instanceId, privateIp, instanceName: `web-${role}` });
    }
    if (mechanism === "havip") {
      seed.haVip({ ...place, haVipId: "havip-11111111", vip: VIP });
      for (const { instanceId } of [PRIMARY, SECONDARY])
        seed.haVipAssociation({ haVipId: "havip-11111111", instanceId });
      seed.address({ addressId: "eip-11111111", addressIp: EIP, haVipId: "havip-11111111" });
    } else {
      const parking = { networkInterfaceId: "eni-11111111", privateIp: PARKING_IP, secondaryPrivateIps: [VIP] };
      seed.networkInterface({ ...place, ...parking });
      const binding = { networkInterfaceId: parking.networkInterfaceId, privateIp: VIP };
      seed.address({ addressId: "eip-11111111", addressIp: EIP, ...binding });
    }
    const folder = mkdtempSync(join(tmpdir(), "pair-"));
    const world = new World(cloud, await AnsweredPrograms.start(), folder, mechanism);
    world.primary.notify("MASTER");
    world.secondary.notify("BACKUP");
    await world.settle();
    return world;
  }

  get stateFile(): string {
    return join(this.folder, "stack", "terraform.tfstate");
  }

  /** Who had the address, in order. */
  get holders(): readonly (NodeRole | "parked")[] {
    return this.#holders;
  }

  /** Writes the state of a stack in which the nodes' user data was changed. */
  stack(primary: FileChanges = {}, secondary: FileChanges = primary): void {
    mkdirSync(join(this.folder, "stack"), { recursive: true });
    writeFileSync(this.stateFile, this.stateWith(primary, secondary));
  }

  /** The state of a stack, with other instances; null where a node is not in it. */
  stateWith(
    primary: FileChanges = {},
    secondary: FileChanges = primary,
    ids: { readonly [Role in NodeRole]?: string | null } = {},
  ): string {
    const resources = [[PRIMARY, primary] as const, [SECONDARY, secondary] as const].flatMap(([facts, changes]) => {
      const id = ids[facts.role] === undefined ? facts.instanceId : ids[facts.role];
      const attributes = { id, user_data: userDataOf(facts, this.mechanism, changes) };
      const resource = { mode: "managed", type: "tencentcloud_instance", name: `Pair_${facts.role}` };
      return id === null ? [] : [{ ...resource, instances: [{ attributes }] }];
    });
    return JSON.stringify({ version: 4, resources });
  }

  /** Makes an instance that takes the place of a node as soon as it is asked for something. */
  makes(role: NodeRole, instanceId: string): void {
    const facts = role === "primary" ? PRIMARY : SECONDARY;
    const privateIp = `${facts.privateIp}0`;
    this.cloud.seed.instance({ subnetId: "subnet-11111111", instanceId, privateIp, instanceName: `web-${role}` });
    this.#made.set(instanceId, { role, node: this.#boot({ ...facts, instanceId }) });
  }

  #boot(facts: NodeFacts): FakeNode {
    const node = new FakeNode(join(this.folder, facts.instanceId), facts.instanceId, VIP);
    node.boot(this.filesOf(facts.role));
    node.onChange = () => this.settle();
    return node;
  }

  /** What the stack as it was at first gives a node. */
  filesOf(role: NodeRole, changes: FileChanges = {}): NodeFile[] {
    const userData = userDataOf(role === "primary" ? PRIMARY : SECONDARY, this.mechanism, changes);
    return [...(unpackUserData(userData)?.files.values() ?? [])];
  }

  node(instanceId: string): FakeNode {
    const made = this.#made.get(instanceId);
    this.#made.delete(instanceId);
    if (made !== undefined) this[made.role] = made.node;
    return instanceId === this.primary.instanceId ? this.primary : this.secondary;
  }

  /** Runs `pair` with a command line; the state is given. */
  pair(...args: readonly string[]): Promise<CommandResult> {
    return this.pairWith({}, ...args);
  }

  /** The same with a changed environment. */
  pairWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<CommandResult> {
    return this.inStack(env, ...args, "--state", this.stateFile);
  }

  /** The same, where the command line says itself where the state is. */
  async inStack(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<CommandResult> {
    const out: string[] = [];
    const err: string[] = [];
    const status = await run(COMMANDS, args, {
      env: { PATH: process.env["PATH"], ...this.env, ...env },
      terminal: {
        log: (line) => void out.push(line),
        error: (line) => void err.push(line),
        progress: (line) => void err.push(`… ${line}`),
      },
      interruption: new AbortController().signal,
      clock: this.clock,
    });
    return { status, out: out.join("\n"), err: err.join("\n") };
  }

  /** Does what keepalived and pairctl would have done by now. */
  async settle(): Promise<void> {
    const nodes = [this.primary, this.secondary];
    for (const node of nodes) {
      if (node.isDrained && node.vrrp !== "STOP") node.notify("STOP");
      if (!node.isDrained && node.vrrp === "STOP") node.notify("BACKUP");
    }
    const standby = nodes.find(({ vrrp }) => vrrp === "BACKUP");
    if (this.failsOver && !nodes.some(({ vrrp }) => vrrp === "MASTER")) standby?.notify("MASTER");
    const master = nodes.find(({ vrrp }) => vrrp === "MASTER");
    if (master !== undefined) await this.#take(master);
    const holder = this.cloud.holderOf(VIP)?.instanceId;
    const served = master?.read(NODE_PATHS.settings) ?? "";
    for (const node of nodes) {
      const place = holder === node.instanceId ? "mine" : holder === undefined ? "parked" : "peer";
      const isWell = node.vrrp === "MASTER" ? place === "mine" : place === "peer";
      node.sees(place, node.vrrp === "MASTER" || node.vrrp === "BACKUP" ? (isWell ? "yes" : "no") : "unknown", served);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cloud.stop();
    await this.programs[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true });
  }

  async #take({ instanceId }: FakeNode): Promise<void> {
    const holder = this.cloud.holderOf(VIP);
    if (holder?.instanceId === instanceId) return;
    const networkInterfaceId = this.cloud.state.instances.get(instanceId)?.networkInterfaceId ?? "";
    if (this.mechanism === "havip") {
      this.cloud.learn({ vip: VIP, networkInterfaceId });
    } else {
      await openCloud(REGION, this.env).call("vpc", "MigratePrivateIpAddress", {
        SourceNetworkInterfaceId: holder?.networkInterfaceId,
        DestinationNetworkInterfaceId: networkInterfaceId,
        PrivateIpAddress: VIP,
      });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    this.#holders.push(instanceId === this.primary.instanceId ? "primary" : "secondary");
  }
}
