import { randomNumbers } from "local-cloud/random";
import type { Host, HttpAnswer, HttpRequest } from "../../src/node/host.ts";
import { main } from "../../src/cli/main.ts";
import { type Mechanism, NODE_PATHS, type NodeSettings, PEER_PORT } from "../../src/contract/index.ts";
import { answerOf, EIPS, EPOCH, type Fault, ModelCloud, VIPS } from "./model-cloud.ts";

/** keepalived's `garp_master_delay` and `garp_master_refresh`: when a MASTER announces its address again. */
const ANNOUNCED_AGAIN_MS = 1000;
const ANNOUNCED_EVERY_MS = 5000;
const PRIVATE_IPS = { primary: "10.0.1.11", secondary: "10.0.1.12" } as const;
const PRIORITIES = { primary: 100, secondary: 80 } as const;
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
  /** Whether the stronger node preempts: it goes by the adverts of a stronger one only. */
  preempts = false;
  /** How many calls went wrong. */
  faults = 0;
  /** What must never be: receipts that claim what was not so, and takes of a node that is not MASTER. */
  readonly lies: string[] = [];
  /** What happened, for whoever has to understand a failure. */
  readonly log: string[] = [];
  readonly #events: { at: number; order: number; act: () => unknown }[] = [];
  #order = 0;

  readonly mechanism: Mechanism;
  /** How many addresses the pair has. */
  readonly vips: 1 | 2;
  /** keepalived's advert interval. */
  readonly advertMs: number;

  constructor(
    seed: number,
    {
      advertMs = 1000,
      mechanism = "secondary-private-ip",
      vips = 1,
    }: Partial<Pick<Model, "advertMs" | "mechanism" | "vips">>,
  ) {
    this.mechanism = mechanism;
    this.vips = vips;
    this.advertMs = advertMs;
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
      // Node.js runs what was put off to the next tick once no promise is left to go on with.
      if (event.act() === true) await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    this.now = end;
  }

  other(node: ModelNode): ModelNode {
    return node === this.nodes[0] ? this.nodes[1] : this.nodes[0];
  }

  /** A question on its way to the peer, and its answer. */
  #askPeer(node: ModelNode, path: string, timeoutMs: number): Promise<HttpAnswer> {
    const peer = this.other(node);
    const isLost = () => this.chance(this.wordLoss);
    return new Promise((resolve, reject) => {
      const { epoch } = node;
      let isOver = false;
      const later = (ms: number, act: () => void) =>
        this.after(ms, () => !isOver && node.goOn(epoch, () => ((isOver = true), act())));
      later(timeoutMs, () => reject(new Error("timed out")));
      if (isLost()) return;
      this.after(this.between(1, 30), () =>
        peer.goOn(peer.epoch, () => {
          const body = peer.answer?.(path);
          if (body !== undefined && !isLost()) later(this.between(1, 30), () => resolve({ status: 200, body }));
        }),
      );
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
      const later = (ms: number, act: () => void) => this.after(ms, () => node.goOn(epoch, act));
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
  /** Whether the cloud lets it change anything. */
  mayWrite = true;
  /** Whether it can write files. The notify script overwrites the old one where there is no space for a new one. */
  hasDisk = true;
  /** Whether systemd can start the agent: otherwise it is out of memory, say. */
  hasAgent = true;
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
  #watch: () => void = () => undefined;
  /** What the node's agent answers its peer's; undefined where there is no agent. */
  answer: ((path: string) => string) | undefined;
  /** Until when the agent is frozen. */
  #frozenUntil = 0;
  /** When it last wrote its heartbeat, while it is frozen. */
  #heartbeatAt: number | undefined;
  /** When it was last MASTER, where it is not any more. */
  #masterUntil = -Infinity;
  /** How many notify scripts were started, and the newest of those that have written. */
  #started = 0;
  #newest = 0;
  #boots = 0;

  constructor(model: Model, name: "primary" | "secondary") {
    this.model = model;
    this.name = name;
    this.priority = PRIORITIES[name];
  }

  boot(): void {
    this.#endPairctl();
    this.model.cloud.provide(this.name);
    this.isUp = this.hasDisk = true;
    this.files.clear();
    this.files.set(NODE_PATHS.settings, settingsText(this.model, this.name));
    this.startKeepalived();
    this.#startPairctl();
    this.#watchAgent((this.#boots += 1));
  }

  /** The timer restarts an agent whose heartbeat is old. */
  #watchAgent(boot: number): void {
    this.model.after(10_000, () => {
      if (!this.isUp || boot !== this.#boots) return;
      this.#replaceFrozen();
      this.#watchAgent(boot);
    });
  }

  /** The notify script and the timer restart an agent that is frozen, or cannot write its heartbeat. */
  #replaceFrozen(): void {
    const { hasDisk, model } = this;
    if (hasDisk && (this.#heartbeatAt === undefined || model.now - this.#heartbeatAt <= 4000)) return;
    model.note(`the agent of ${this.name} is replaced`);
    this.killPairctl(100);
  }

  /** The agent does nothing for so long, and goes on then, unless it is replaced meanwhile. */
  freezePairctl(ms: number): void {
    const { epoch, model } = this;
    model.note(`the agent of ${this.name} is frozen for ${(ms / 1000).toFixed(1)} s`);
    this.#frozenUntil = model.now + ms;
    this.#heartbeatAt = model.now;
    model.after(ms, () => {
      if (epoch === this.epoch) this.#heartbeatAt = undefined;
    });
  }

  get isFrozen(): boolean {
    return this.#frozenUntil > this.model.now;
  }

  /** Lets the program go on, unless it has ended; one that is frozen does so later. @returns whether it does something now */
  goOn(epoch: number, act: () => void): boolean {
    if (epoch !== this.epoch) return false;
    const ms = this.#frozenUntil - this.model.now;
    if (ms > 0) {
      this.model.after(ms, () => this.goOn(epoch, act));
      return false;
    }
    act();
    return true;
  }

  /** The instance is terminated, with its interface; the next one boots with another. */
  terminate(): void {
    this.crash();
    this.model.cloud.terminate(this.name);
  }

  crash(): void {
    this.model.note(`${this.name} crashes`);
    this.#endMastership();
    this.isUp = false;
    this.hasVip = false;
    this.killKeepalived();
    this.#endPairctl();
  }

  /** systemd starts the agent again, after a second where it does so by itself. */
  killPairctl(ms = 1000): void {
    this.#endPairctl();
    const { epoch } = this;
    this.model.after(ms, () => {
      if (epoch !== this.epoch || !this.isUp) return false;
      this.#startPairctl();
      return true;
    });
  }

  #endPairctl(): void {
    this.epoch += 1;
    this.#frozenUntil = 0;
    this.#heartbeatAt = undefined;
    this.#watch = () => undefined;
    this.answer = undefined;
    this.#hearAdvert = () => undefined;
  }

  #startPairctl(): void {
    const { epoch } = this;
    if (!this.hasAgent) return;
    void main(this.#host(), ["agent"], () => undefined).then((status) => {
      if (epoch === this.epoch) this.model.lies.push(`the agent of ${this.name} has ended with ${status}`);
    });
  }

  startKeepalived(): void {
    if (!this.isUp || this.hasKeepalived) return;
    this.state = "BACKUP";
    this.hasKeepalived = true;
    this.hasVip = false;
    this.#keepalived += 1;
    this.#heard = this.model.now;
    this.#become(this.#isWell ? "BACKUP" : "FAULT");
    this.#beat(this.#keepalived);
  }

  /** What it leaves behind: the VIP. */
  killKeepalived(): void {
    this.#endMastership();
    this.hasKeepalived = false;
  }

  stopKeepalived(): void {
    if (!this.hasKeepalived) return;
    this.#endMastership();
    this.hasKeepalived = false;
    this.hasVip = false;
    const peer = this.model.other(this);
    // An advert of priority 0: the peer need not wait for long.
    if (this.state === "MASTER" && this.model.linked) peer.#heard -= 3 * this.model.advertMs;
    this.#notify("STOP");
  }

  get isMaster(): boolean {
    return this.isUp && this.hasKeepalived && this.state === "MASTER";
  }

  #endMastership(): void {
    if (this.isMaster) this.#masterUntil = this.model.now;
  }

  /** Whether it is MASTER, or was at some time since then. */
  hasBeenMasterSince(time: number): boolean {
    return this.isMaster || this.#masterUntil >= time;
  }

  /** Whether each of keepalived's checks succeeds: that of the service, and with a HAVIP `assets/yield`. */
  get #isWell(): boolean {
    const yieldsUntil = Number(this.files.get(YIELD) ?? 0);
    return this.isHealthy && Math.floor(this.model.now / 1000) >= yieldsUntil;
  }

  /** Three adverts that do not come, and the skew of its priority. */
  get #electionMs(): number {
    return (3 + (256 - this.priority) / 256) * this.model.advertMs;
  }

  /** Sends gratuitous ARPs for the address, which get lost where everything is unreliable. */
  #announce(): void {
    const { model } = this;
    if (model.mechanism !== "havip" || model.chance(model.unreliability)) return;
    for (const address of model.cloud.addresses) model.cloud.announce(this, address);
  }

  #beat(keepalived: number): void {
    if (!this.hasKeepalived || keepalived !== this.#keepalived) return;
    const { model } = this;
    const peer = model.other(this);
    const hears = model.linked && peer.isMaster;
    if (hears && !(model.preempts && this.priority > peer.priority)) this.#heard = model.now;
    if (this.isMaster && model.linked) peer.#hearAdvert();
    if (this.isMaster && model.now >= this.#announcesAt) {
      this.#announcesAt = model.now + ANNOUNCED_EVERY_MS;
      this.#announce();
    }
    if (this.#isWell !== (this.state !== "FAULT")) {
      this.#heard = model.now;
      this.#become(this.#isWell ? "BACKUP" : "FAULT");
    } else if (this.state === "MASTER" && hears && peer.priority > this.priority) this.#become("BACKUP");
    else if (this.state === "BACKUP" && model.now - this.#heard > this.#electionMs) {
      this.#become("MASTER");
    }
    model.after(Math.min(200, model.advertMs / 4), () => this.#beat(keepalived));
  }

  #become(state: ModelNode["state"]): void {
    if (state === "MASTER") this.promotions += 1;
    else this.#endMastership();
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
    // A full disk has room for a notification in the place of the last one, a read-only /run has none.
    const isReadOnly = !this.hasDisk && model.chance(0.5);
    if (this.losesNotifications || isReadOnly || model.chance(model.unreliability)) return;
    const times = model.chance(model.unreliability) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const late = model.chance(model.unreliability);
      this.#started += 1;
      const order = this.#started;
      const line = `${state} ${new Date(EPOCH + model.now + this.skew).toISOString()} ${order}`;
      model.after(model.between(1, late ? 4000 : 20), () => {
        if (!this.isUp) return false;
        this.#replaceFrozen();
        if (order > this.#newest) {
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

  /** A receipt has to claim nothing but what was so since the last answer of the cloud, however old that was. */
  #report(line: string): void {
    const { cloud, now } = this.model;
    const { agree, trigger, verdict, vip, vrrp, ...receipt } = JSON.parse(line);
    this.agree = agree;
    const { holderBefore, holderAfter, message } = receipt;
    this.model.note(
      `${this.name} (${trigger}, ${vrrp}): ${vip} ${holderBefore} -> ${holderAfter}, ${verdict}, ${agree} ${message ?? ""}`,
    );
    const address = cloud.addresses.find((each) => each.vip === vip);
    if (!address) return;
    const peer = this.model.other(this).name;
    const isOn = (...names: readonly (string | undefined)[]) =>
      address.hasBeen(cloud.shownFrom(this, address), ({ eipOn, holder }) => {
        return names.includes(holder) && (agree !== "yes" || eipOn === holder);
      });
    const places = { mine: this.name, peer, gone: peer, parked: "parking", none: undefined, foreign: "foreign" };
    const holder = verdict === "moved" || verdict === "holds" ? "mine" : verdict === "handed" ? "peer" : holderAfter;
    const isTrue = !(holder in places) || isOn(places[holder as keyof typeof places]);
    const claims = agree !== "yes" || isOn(vrrp === "MASTER" ? this.name : peer);
    if (!isTrue || !claims) this.model.lies.push(`${now} ${line}`);
  }

  #host(): Host {
    const { model, epoch } = this;
    return {
      now: () => EPOCH + model.now + this.skew,
      clock: () => model.now,
      sleep: (ms) =>
        new Promise((resolve) => {
          model.after(Math.max(0, ms), () => this.goOn(epoch, resolve));
        }),
      random: model.random,
      request: (url, request) => model.request(this, url, request),
      serve: (_address, _port, _asker, answer) => {
        this.answer = answer;
      },
      readFile: (path) => (path === "/proc/uptime" ? `${model.now / 1000} 0` : this.files.get(path)),
      writeFile: (path, text) => {
        this.#requireDisk();
        this.files.set(path, text);
      },
      appendFile: (_, text) => {
        this.#report(text);
        this.#requireDisk();
      },
      hearAdverts: (_, onChange) => {
        // A private IP stays with the stronger: no node of such a pair yields.
        if (model.mechanism !== "havip") return;
        model.after(model.between(50, 500), () => {
          if (epoch !== this.epoch) return;
          this.#hearAdvert = () => void this.goOn(epoch, () => onChange(true));
          this.#hearAdvert();
        });
      },
      hasAddress: (address) =>
        address === PRIVATE_IPS[this.name] || (this.hasVip && address !== PRIVATE_IPS[this.name]),
      isRunning: () => this.hasKeepalived,
      watchFile: (_, onChange) => {
        this.#watch = () => void this.goOn(epoch, onChange);
      },
      shell: (command) => {
        if (command.startsWith("arping ")) this.#announce();
        return { status: 0, stdout: "" };
      },
    };
  }

  #requireDisk(): void {
    if (!this.hasDisk) throw new Error("ENOSPC: no space left on device");
  }
}

/** The settings file of a node. */
function settingsText({ advertMs, mechanism, vips }: Model, name: ModelNode["name"]): string {
  const peer = name === "primary" ? "secondary" : "primary";
  const parkingIp = mechanism === "havip" ? undefined : "10.0.1.101";
  const settings: NodeSettings = {
    mechanism,
    region: "ap-singapore",
    vpcId: "vpc-1",
    virtualIps: VIPS.slice(0, vips).map((vip, index) => ({ vip, parkingIp, eipId: EIPS[index] })) as never,
    privateIp: PRIVATE_IPS[name],
    priority: PRIORITIES[name],
    peerIp: PRIVATE_IPS[peer],
    peerPriority: PRIORITIES[peer],
    advertInt: advertMs / 1000,
    roleName: "nodes",
    apiEndpoints: ["https://internal", "https://public"],
    metadataEndpoint: "http://metadata",
  };
  return JSON.stringify(settings);
}
