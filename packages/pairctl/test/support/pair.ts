import { type Assumptions, type ListenOptions, LocalCloud } from "local-cloud";
import { vi } from "vitest";
import {
  camActions,
  type Mechanism,
  PEER_PORT,
  type VirtualIpSettings,
  type VrrpState,
} from "../../src/contract/index.ts";
import type { Host } from "../../src/node/host.ts";
import { main, reconcile } from "../../src/cli/main.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import type { Receipt } from "../../src/passes/receipt.ts";
import { authorization } from "../../src/cloud/tc3.ts";
import { network, virtualTime } from "./simulated-time.ts";

export const VIP = "10.0.1.100";
export const SETTINGS = "/etc/pairctl/settings.json";
/** How the paths of the files begin that pairctl keeps. */
export const STATE = "/run/pairctl.";
export const LOG = "/var/log/pairctl.log";
const INSTANCES = { primary: "ins-primary0", secondary: "ins-secondary" } as const;
const ADDRESSES = { primary: "10.0.1.11", secondary: "10.0.1.12" } as const;
const PRIORITIES = { primary: 100, secondary: 80 } as const;

/** One of the two nodes. */
export type Role = keyof typeof INSTANCES;

/**
 * A local cloud with a pair in it, as a deploy leaves it: the address is parked, or on nobody with a HAVIP.
 *
 * @param api where the API is; any port that is free by default
 * @param assumptions what is assumed of the cloud where that is not what is believed
 */
export async function startCloud(
  mechanism: Mechanism,
  taskMs = 10,
  api: readonly ListenOptions[] = [{ host: "127.0.0.1", port: 0 }],
  assumptions: Partial<Assumptions> = {},
): Promise<LocalCloud> {
  const cloud = await LocalCloud.start({ region: "ap-singapore", taskMs, api, assumptions, log: () => undefined });
  const { seed } = cloud;
  const document = { version: "2.0", statement: [{ effect: "allow", action: camActions(mechanism), resource: "*" }] };
  seed.secret(ROOT);
  seed.role({ roleName: "pair-hook" });
  seed.policy({ policyName: "pair-hook", document });
  seed.rolePolicyAttachment({ roleName: "pair-hook", policyName: "pair-hook" });
  seed.vpc({ vpcId: "vpc-00000001", cidrBlock: "10.0.0.0/16" });
  const subnetId = "subnet-00000001";
  seed.subnet({ subnetId, vpcId: "vpc-00000001", cidrBlock: "10.0.1.0/24", zone: "ap-singapore-1" });
  for (const role of ["primary", "secondary"] as const) {
    const networkInterfaceId = `eni-${role}0`;
    seed.instance({
      instanceId: INSTANCES[role],
      networkInterfaceId,
      subnetId,
      privateIp: ADDRESSES[role],
      camRoleName: "pair-hook",
    });
  }
  seed.address({ addressId: "eip-00000001", addressIp: "203.0.113.10" });
  if (mechanism === "havip") {
    seed.haVip({ haVipId: "havip-00000001", subnetId, vip: VIP, checkAssociate: true });
    for (const instanceId of Object.values(INSTANCES)) seed.haVipAssociation({ haVipId: "havip-00000001", instanceId });
    seed.bindAddress({ addressId: "eip-00000001", haVipId: "havip-00000001" });
  } else {
    const networkInterfaceId = "eni-parking0";
    seed.networkInterface({ networkInterfaceId, subnetId, privateIp: "10.0.1.101", secondaryPrivateIps: [VIP] });
    seed.bindAddress({ addressId: "eip-00000001", networkInterfaceId, privateIp: VIP });
  }
  return cloud;
}

/**
 * A node of the pair: the real pairctl, with keepalived, files and settings that the test decides on. Its clock is a
 * simulated one, so that no run ends early on a busy machine.
 */
export class TestNode {
  keepalived = true;
  hasVip = true;
  extraVips: string[] = [];
  /** The state that its peer says it is in, if it answers. */
  peerState: VrrpState | undefined;
  readonly files = new Map<string, string>();
  #notifications = 0;
  settings: Record<string, unknown>;

  constructor(
    readonly cloud: LocalCloud,
    readonly role: Role,
    mechanism: Mechanism,
    /** @default - a time of its own: for nodes that run side by side, pass one to both */
    readonly time = virtualTime(),
  ) {
    const peer = role === "primary" ? "secondary" : "primary";
    this.settings = {
      mechanism,
      region: "ap-singapore",
      vpcId: "vpc-00000001",
      advertInt: 1,
      virtualIps: [{ vip: VIP, ...(mechanism === "havip" ? {} : { parkingIp: "10.0.1.101", eipId: "eip-00000001" }) }],
      privateIp: ADDRESSES[role],
      priority: PRIORITIES[role],
      peerIp: ADDRESSES[peer],
      peerPriority: PRIORITIES[peer],
      roleName: "pair-hook",
      apiEndpoints: cloud.apiUrls,
      metadataEndpoint: cloud.metadataUrl(INSTANCES[role]),
    };
  }

  /** Changes what the settings say of the address. */
  changeVirtualIp(change: Partial<VirtualIpSettings>): void {
    const [virtualIp] = this.settings["virtualIps"] as [VirtualIpSettings];
    this.settings["virtualIps"] = [{ ...virtualIp, ...change }];
  }

  /** keepalived notifies a state, as the notify script writes it down. */
  notify(state: string): this {
    this.#notifications += 1;
    this.files.set(`${STATE}notification`, `${state} ${new Date().toISOString()} ${this.#notifications}`);
    return this;
  }

  /** What the agent remembers from run to run. */
  readonly memory = noMemory();

  /** One run, as the agent makes them. */
  async run(overrides: Partial<Host> = {}): Promise<{ status: number; receipt: Receipt; receipts: Receipt[] }> {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const status = await reconcile(this.#host(overrides), say, "settle", this.memory);
    const receipts = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Receipt);
    return { status, receipts, receipt: receipts.at(-1) as Receipt };
  }

  /** A command of the operator's. */
  async command(words: readonly string[], overrides: Partial<Host> = {}): Promise<{ status: number; lines: string[] }> {
    const lines: string[] = [];
    return { status: await main(this.#host(overrides), words, (line) => lines.push(line)), lines };
  }

  #host(overrides: Partial<Host>): Host {
    this.files.set(SETTINGS, JSON.stringify(this.settings));
    return {
      ...nodeHost(),
      request: (url, asked) => {
        const isOfPeer = this.peerState !== undefined && new URL(url).port === String(PEER_PORT);
        return isOfPeer
          ? Promise.resolve({ status: 200, body: `/${this.peerState}/5000/1` })
          : network.request(url, asked);
      },
      ...this.time,
      readFile: (path) => this.files.get(path),
      writeFile: (path, text) => void this.files.set(path, text),
      appendFile: (path, text) => void this.files.set(path, (this.files.get(path) ?? "") + text),
      serve: () => undefined,
      hearAdverts: () => undefined,
      watchFile: () => undefined,
      shell: () => ({ status: 0, stdout: "" }),
      hasAddress: (address) =>
        [ADDRESSES[this.role], ...(this.hasVip ? [VIP, ...this.extraVips] : [])].includes(address),
      isRunning: (name) => name === "keepalived" && this.keepalived,
      ...overrides,
    };
  }
}

/** Both nodes of a pair, in a cloud of their own. */
export async function startNodes(
  mechanism: Mechanism,
  taskMs = 10,
  assumptions: Partial<Assumptions> = {},
): Promise<StartedNodes> {
  const cloud = await startCloud(mechanism, taskMs, undefined, assumptions);
  const time = virtualTime();
  const node = (role: Role) => new TestNode(cloud, role, mechanism, time);
  const [primary, secondary] = [node("primary"), node("secondary")];
  return { cloud, primary, secondary };
}

interface StartedNodes {
  readonly cloud: LocalCloud;
  readonly primary: TestNode;
  readonly secondary: TestNode;
}

/** A network on which somebody rewrites what comes back of an action, or of the metadata service. */
export function tampered(action: string, edit: (body: string) => string): Pick<Host, "request"> {
  return {
    request: async (url, asked) => {
      const answer = await network.request(url, asked);
      const isMeant = action === (asked.headers?.["x-tc-action"] ?? "metadata");
      return isMeant ? { ...answer, body: edit(answer.body) } : answer;
    },
  };
}

/** The account's own key, for what somebody else than pairctl does. */
const ROOT = { secretId: "AKIDroot", secretKey: "root-secret" };

/** A call with the account's key: it may do everything. */
export async function callAsRoot(cloud: LocalCloud, action: string, payload: object): Promise<void> {
  const url = new URL(cloud.apiUrls[0] ?? "");
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = { "content-type": "application/json; charset=utf-8", host: url.host };
  const body = JSON.stringify(payload);
  const answer = await network.request(url.href, {
    method: "POST",
    body,
    timeoutMs: Infinity,
    headers: {
      ...headers,
      authorization: authorization(
        { service: "vpc", headers, body, timestamp },
        { TmpSecretId: ROOT.secretId, TmpSecretKey: ROOT.secretKey },
      ),
      "x-tc-action": action,
      "x-tc-version": "2017-03-12",
      "x-tc-region": cloud.region,
      "x-tc-timestamp": String(timestamp),
    },
  });
  const { Response } = JSON.parse(answer.body) as { Response: { Error?: { Code: string } } };
  if (Response.Error !== undefined) throw new Error(`${action}: ${Response.Error.Code}`);
}

/** A call with the account's key, and the end of its task, where the cloud's timers are simulated. */
export async function completeAsRoot(cloud: LocalCloud, action: string, payload: object): Promise<void> {
  await callAsRoot(cloud, action, payload);
  vi.advanceTimersByTime(cloud.taskMs);
}

/** The instance that has the address, in the eyes of the cloud. */
export function holder(cloud: LocalCloud): string | undefined {
  return cloud.holderOf(VIP)?.instanceId;
}

/** What pairctl called, in order. */
export function actions(receipt: Receipt): string[] {
  return (receipt.calls ?? []).map((call) => call.action);
}

/** Somebody moves the address from the secondary back to the primary. */
export async function giveBack(cloud: LocalCloud): Promise<void> {
  await completeAsRoot(cloud, "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: "eni-secondary0",
    DestinationNetworkInterfaceId: "eni-primary0",
    PrivateIpAddress: VIP,
  });
}
