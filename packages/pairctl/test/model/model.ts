import { randomNumbers } from "local-cloud";
import type { Host, HttpAnswer, HttpRequest } from "../../src/node/host.ts";
import { main } from "../../src/cli/main.ts";
import { type Mechanism, NODE_PATHS, type NodeSettings, PEER_PORT } from "../../src/contract/index.ts";
import { answerOf, EPOCH, type Fault, ModelCloud, STALEST_MS, VIP } from "./model-cloud.ts";

const ADVERT_MS = 1000;
/** keepalived's `garp_master_delay` and `garp_master_refresh`: when a MASTER announces its address again. */
const ANNOUNCED_AGAIN_MS = 1000;
const ANNOUNCED_EVERY_MS = 5000;
const PRIVATE_IPS = { primary: "10.0.1.11", secondary: "10.0.1.12" } as const;
const NOTIFICATION = `${NODE_PATHS.statePrefix}notification`;
const YIELD = `${NODE_PATHS.statePrefix}yield`;
/** What may go wrong with a call while messages are unreliable. */
const FAULTS: readonly Fault[] = ["error", "lost answer", "lost request", "garbage"];

/** Two nodes with the real pairctl, one cloud, VRRP, and time that only passes when nothing is left to do. */
export class Model {
  now = 0;
  readonly random: () => number;
  readonly cloud: ModelCloud;
  readonly nodes: readonly [ModelNode, ModelNode];
  /** How likely a call, and a notification, meets with a fault. */
  unreliability = 0;
  /** How likely a question to the peer, or its answer, is lost: 1 is always. */
  wordLoss = 1;
  /** Whether adverts pass from one node to the other. */
  linked = true;
  /** Whether the notify script is broken so that an older notification replaces a newer one. */
  takesOlderNotifications = false;
  /** How many calls went wrong. */
  faults = 0;
  /** Receipts that claimed an address which the cloud had elsewhere. */
  readonly lies: string[] = [];
  /** What happened, for whoever has to understand a failure. */
  readonly log: string[] = [];
  readonly #events: { at: number; order: number; act: () => unknown }[] = [];
  #order = 0;

  constructor(
    seed: number,
    readonly mechanism: Mechanism = "secondary-private-ip",
  ) {
    this.random = randomNumbers(seed);
    this.cloud = new ModelCloud(this);
    this.nodes = [new ModelNode(this, "primary"), new ModelNode(this, "secondary")];
  }

  note(line: string): void {
    this.log.push(`${(this.now / 1000).toFixed(2)} ${line}`);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }

  after(ms: number, act: () => unknown): void {
    const event = { at: this.now + ms, order: (this.#order += 1), act };
    const index = this.#events.findIndex(({ at }) => at > event.at);
    this.#events.splice(index < 0 ? this.#events.length : index, 0, event);
  }

  /** Lets time pass. What wakes pairctl returns true: then all that it does at once is waited for. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (let event = this.#events[0]; event && event.at <= end; event = this.#events[0]) {
      this.#events.shift();
      this.now = event.at;
      if (event.act() === true) await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = end;
  }

  other(node: ModelNode): ModelNode {
    return node === this.nodes[0] ? this.nodes[1] : this.nodes[0];
  }

  /** A question on its way to the peer, and its answer. */
  #askPeer(node: ModelNode, path: string, timeoutMs: number): Promise<HttpAnswer> {
    const { epoch } = node;
    const peer = this.other(node);
    const isLost = () => this.chance(this.wordLoss);
    return new Promise((resolve, reject) => {
      const later = (ms: number, act: () => void) =>
        this.after(ms, () => {
          if (node.epoch === epoch) act();
          return true;
        });
      const fail = () => later(timeoutMs, () => reject(new Error("timed out")));
      if (isLost()) return fail();
      this.after(this.between(1, 30), () => {
        const body = peer.answer?.(path);
        if (body === undefined || isLost()) fail();
        else later(this.between(1, 30), () => resolve({ status: 200, body }));
        return true;
      });
    });
  }

  /** A call on its way to the cloud and back. */
  request(node: ModelNode, url: string, request: HttpRequest): Promise<HttpAnswer> {
    const epoch = node.epoch;
    const { timeoutMs } = request;
    const { pathname, port } = new URL(url);
    if (port === String(PEER_PORT)) return this.#askPeer(node, pathname, timeoutMs);
    const isMetadata = url.includes("/meta-data/");
    return new Promise((resolve, reject) => {
      const later = (ms: number, act: () => void) =>
        this.after(ms, () => {
          if (node.epoch === epoch) act();
          return true;
        });
      const reachable = isMetadata ? node.hasMetadata : node.hasApi;
      const fault = this.chance(this.unreliability) ? FAULTS[Math.floor(this.random() * FAULTS.length)] : undefined;
      if (!reachable || fault === "lost request") {
        this.faults += 1;
        later(this.chance(0.5) ? 1 : timeoutMs, () => reject(new Error("no route")));
        return;
      }
      this.after(this.between(1, 30), () => {
        const answer = isMetadata ? answerOf(node, url) : this.cloud.call(node, request, fault);
        if (fault) this.faults += 1;
        if (fault === "lost answer") later(timeoutMs, () => reject(new Error("cut off")));
        else later(this.between(1, 30), () => resolve(fault === "garbage" ? { status: 502, body: "<html>" } : answer));
      });
    });
  }
}

/** A node: keepalived, systemd's timer, files in /run, and the real pairctl. */
export class ModelNode {
  readonly model: Model;
  readonly name: "primary" | "secondary";
  readonly priority: number;
  readonly files = new Map<string, string>();
  /** Changes with every crash and every kill of pairctl: what was under way is not heard of again. */
  epoch = 0;
  isUp = true;
  hasKeepalived = false;
  isHealthy = true;
  hasVip = false;
  hasApi = true;
  hasMetadata = true;
  /** How wrong the time of day is, in ms. */
  skew = 0;
  state: "BACKUP" | "MASTER" | "FAULT" = "BACKUP";
  promotions = 0;
  #heard = 0;
  #keepalived = 0;
  #announcesAt = Infinity;
  /** Told of each advert of the peer. */
  #hearAdvert: () => void = () => undefined;
  /** Whether all notifications are lost. */
  losesNotifications = false;
  /** Whether it can write: otherwise notifications are lost, and the watch restarts an agent whose heartbeat is old. */
  #canWrite = true;
  #watch: () => void = () => undefined;
  /** What the node's agent answers its peer's; undefined where there is no agent. */
  answer: ((path: string) => string) | undefined;
  /** How many notify scripts were started, and the newest of those that have written. */
  #started = 0;
  #newest = 0;

  constructor(model: Model, name: "primary" | "secondary") {
    this.model = model;
    this.name = name;
    this.priority = name === "primary" ? 100 : 80;
  }

  boot(): void {
    this.#endPairctl();
    this.isUp = true;
    this.files.clear();
    this.files.set(NODE_PATHS.settings, SETTINGS[this.model.mechanism][this.name]);
    this.startKeepalived();
    this.#startPairctl();
  }

  crash(): void {
    this.model.note(`${this.name} crashes`);
    this.isUp = false;
    this.hasVip = false;
    this.killKeepalived();
    this.#endPairctl();
  }

  get canWrite(): boolean {
    return this.#canWrite;
  }

  set canWrite(can: boolean) {
    const isNew = can !== this.#canWrite;
    this.#canWrite = can;
    if (isNew && !can) this.#watchHeartbeat();
  }

  #watchHeartbeat(): void {
    this.model.after(10_000, () => {
      if (this.#canWrite) return;
      if (this.isUp) this.killPairctl();
      this.#watchHeartbeat();
    });
  }

  /** systemd starts the agent again after a second. */
  killPairctl(): void {
    this.#endPairctl();
    const { epoch } = this;
    this.model.after(1000, () => {
      if (epoch !== this.epoch || !this.isUp) return false;
      this.#startPairctl();
      return true;
    });
  }

  #endPairctl(): void {
    this.epoch += 1;
    this.#watch = () => undefined;
    this.answer = undefined;
    this.#hearAdvert = () => undefined;
  }

  #startPairctl(): void {
    const { epoch } = this;
    void main(this.#host(), ["agent"], () => undefined).then((status) => {
      if (epoch === this.epoch) this.model.lies.push(`the agent of ${this.name} has ended with ${status}`);
    });
  }

  startKeepalived(): void {
    if (!this.isUp || this.hasKeepalived) return;
    this.hasKeepalived = true;
    this.hasVip = false;
    this.#keepalived += 1;
    this.#heard = this.model.now;
    this.#become(this.#isWell ? "BACKUP" : "FAULT");
    this.#beat(this.#keepalived);
  }

  /** What it leaves behind: the VIP. */
  killKeepalived(): void {
    this.hasKeepalived = false;
  }

  stopKeepalived(): void {
    if (!this.hasKeepalived) return;
    this.hasKeepalived = false;
    this.hasVip = false;
    const peer = this.model.other(this);
    // An advert of priority 0: the peer need not wait for long.
    if (this.state === "MASTER" && this.model.linked) peer.#heard -= 3 * ADVERT_MS;
    this.#notify("STOP");
  }

  get isMaster(): boolean {
    return this.isUp && this.hasKeepalived && this.state === "MASTER";
  }

  /** Whether each of keepalived's checks succeeds: that of the service, and with a HAVIP `assets/yield`. */
  get #isWell(): boolean {
    const yieldsUntil = Number(this.files.get(YIELD) ?? 0);
    return this.isHealthy && Math.floor(this.model.now / 1000) >= yieldsUntil;
  }

  /** Sends gratuitous ARPs for the address, which get lost where everything is unreliable. */
  #announce(): void {
    const { model } = this;
    if (model.mechanism !== "havip" || model.chance(model.unreliability)) return;
    model.cloud.announce(this);
  }

  #beat(keepalived: number): void {
    if (!this.hasKeepalived || keepalived !== this.#keepalived) return;
    const { model } = this;
    const peer = model.other(this);
    const hears = model.linked && peer.isMaster;
    if (hears) this.#heard = model.now;
    if (this.isMaster && model.linked) peer.#hearAdvert();
    if (this.isMaster && model.now >= this.#announcesAt) {
      this.#announcesAt = model.now + ANNOUNCED_EVERY_MS;
      this.#announce();
    }
    if (this.#isWell !== (this.state !== "FAULT")) {
      this.#heard = model.now;
      this.#become(this.#isWell ? "BACKUP" : "FAULT");
    } else if (this.state === "MASTER" && hears && peer.priority > this.priority) this.#become("BACKUP");
    else if (this.state === "BACKUP" && model.now - this.#heard > 3 * ADVERT_MS + (256 - this.priority) * 4) {
      this.#become("MASTER");
    }
    model.after(200, () => this.#beat(keepalived));
  }

  #become(state: ModelNode["state"]): void {
    if (state === "MASTER") this.promotions += 1;
    const { model } = this;
    model.note(`${this.name} is ${state}`);
    this.state = state;
    const keepalived = this.#keepalived;
    model.after(model.between(0, 100), () => {
      if (keepalived !== this.#keepalived || !this.hasKeepalived) return;
      this.hasVip = this.state === "MASTER";
      if (this.hasVip) this.#announce();
    });
    this.#announcesAt = model.now + ANNOUNCED_AGAIN_MS;
    this.#notify(state);
  }

  /** keepalived calls the notify script, which may be slow: an older notification never replaces a newer one. */
  #notify(state: string): void {
    const { model } = this;
    if (this.losesNotifications || !this.#canWrite || model.chance(model.unreliability)) return;
    const times = model.chance(model.unreliability) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const late = model.chance(model.unreliability);
      this.#started += 1;
      const order = this.#started;
      const line = `${state} ${new Date(EPOCH + model.now + this.skew).toISOString()} ${order}`;
      model.after(model.between(1, late ? 4000 : 20), () => {
        if (!this.isUp) return false;
        if (order > this.#newest || model.takesOlderNotifications) {
          if (state === "MASTER") this.notified += 1;
          this.#newest = order;
          this.files.set(NOTIFICATION, line);
        }
        this.#watch();
        return true;
      });
    }
  }

  /** How many notifications of MASTER have come. */
  notified = 0;

  /** What the last receipt says of the pair. */
  agree: "yes" | "no" | "unknown" = "unknown";

  #report(line: string): void {
    const { cloud, now } = this.model;
    // An answer is some ms old when it comes, and what it says may be older.
    const oldMs = 100 + (now - cloud.staleAt < 100 ? STALEST_MS : 0);
    const had = cloud.holder === this.name || now - (cloud.lostAt.get(this.name) ?? -Infinity) < oldMs;
    const { agree, trigger, vrrp, holderBefore, holderAfter, verdict, message } = JSON.parse(line);
    this.agree = agree;
    if ((verdict === "moved" || verdict === "holds") && !had) this.model.lies.push(`${now} ${line}`);
    this.model.note(
      `${this.name} (${trigger}, ${vrrp}): ${holderBefore} -> ${holderAfter}, ${verdict} ${message ?? ""}`,
    );
  }

  #requireSpace(): void {
    if (!this.#canWrite) throw new Error("ENOSPC: no space left on device");
  }

  #host(): Host {
    const { model, epoch } = this;
    return {
      now: () => EPOCH + model.now + this.skew,
      clock: () => model.now,
      sleep: (ms) =>
        new Promise((resolve) => {
          model.after(Math.max(0, ms), () => {
            if (epoch === this.epoch) resolve();
            return true;
          });
        }),
      random: model.random,
      request: (url, request) => model.request(this, url, request),
      serve: (_address, _port, _asker, answer) => {
        this.answer = answer;
      },
      readFile: (path) => (path === "/proc/uptime" ? `${model.now / 1000} 0` : this.files.get(path)),
      writeFile: (path, text) => {
        this.#requireSpace();
        this.files.set(path, text);
      },
      appendFile: (_, text) => {
        this.#report(text);
        this.#requireSpace();
      },
      hearAdverts: (_, onChange) => {
        // A private IP stays with the stronger: no node of such a pair yields.
        if (model.mechanism !== "havip") return;
        model.after(model.between(50, 500), () => {
          if (epoch !== this.epoch) return;
          this.#hearAdvert = () => onChange(true);
          onChange(true);
        });
      },
      hasAddress: (address) => address === PRIVATE_IPS[this.name] || (address === VIP && this.hasVip),
      isRunning: () => this.hasKeepalived,
      watchFile: (_, onChange) => {
        this.#watch = () => {
          if (epoch === this.epoch) onChange();
        };
      },
      shell: (command) => {
        if (command.startsWith("arping ")) this.#announce();
        return { status: 0, stdout: "" };
      },
    };
  }
}

/** What the mechanisms are told of the address. */
const ADDRESSES = {
  "secondary-private-ip": { vip: VIP, parkingIp: "10.0.1.101", eipId: "eip-1" },
  havip: { vip: VIP, eipId: "eip-1" },
} as const;

/** The settings files of the two nodes. */
const SETTINGS = {
  "secondary-private-ip": settingsOf("secondary-private-ip"),
  havip: settingsOf("havip"),
} as const satisfies Record<Mechanism, unknown>;

function settingsOf(mechanism: Mechanism): Readonly<Record<ModelNode["name"], string>> {
  return {
    primary: settingsText(mechanism, PRIVATE_IPS.primary, 100, PRIVATE_IPS.secondary, 80),
    secondary: settingsText(mechanism, PRIVATE_IPS.secondary, 80, PRIVATE_IPS.primary, 100),
  };
}

function settingsText(
  mechanism: Mechanism,
  privateIp: string,
  priority: number,
  peerIp: string,
  peerPriority: number,
): string {
  const settings: NodeSettings = {
    mechanism,
    region: "ap-singapore",
    vpcId: "vpc-1",
    virtualIps: [ADDRESSES[mechanism]],
    privateIp,
    priority,
    peerIp,
    peerPriority,
    advertInt: ADVERT_MS / 1000,
    roleName: "nodes",
    apiEndpoints: ["https://internal", "https://public"],
    metadataEndpoint: "http://metadata",
  };
  return JSON.stringify(settings);
}
