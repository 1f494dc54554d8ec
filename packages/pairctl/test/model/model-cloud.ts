import type { HttpAnswer, HttpRequest } from "../../src/node/host.ts";
import type { Model, ModelNode } from "./model.ts";

/** The addresses that a pair may have; most have the first one alone. */
export const VIPS = ["10.0.1.100", "10.0.1.110"] as const;
/** The EIP of each of them. */
export const EIPS = ["eip-1", "eip-2"] as const;
/** When simulated time begins, in ms since the epoch. */
export const EPOCH = 1_700_000_000_000;
/** What may happen to a call: `lost answer` is carried out, the others are not. */
export type Fault = "error" | "lost answer" | "lost request" | "garbage";

const PRIMARY_IPS: Readonly<Record<string, string>> = {
  primary: "10.0.1.11",
  secondary: "10.0.1.12",
  parking: "10.0.1.101",
  foreign: "10.0.1.66",
};
const ERRORS = ["RequestLimitExceeded", "InternalError", "UnsupportedOperation.MutexOperationTaskRunning"];

/** Actions that change something. */
const WRITES = /^(Assign|Unassign|Migrate|Associate|Disassociate)/;

/** Where an address was from some time on. */
interface Place {
  readonly at: number;
  /** The interface that had it; undefined: none. */
  readonly holder: string | undefined;
  readonly eipOn: string | undefined;
  /** Whether a task moved it. */
  readonly isMoving: boolean;
}

/** What the cloud does where no document says it. */
interface Readings {
  /** Whether an address migrates from an interface that is attached to nothing. */
  readonly freeEni: "migrates" | "stuck";
  /** What becomes of the EIP of a migrated address. */
  readonly eip: "follows" | "stays" | "unbound";
  /** Whether an address that is moving is shown so. */
  readonly tasks: "shown" | "not shown";
}

/** What the metadata service says. */
export function answerOf({ model, name }: ModelNode, url: string): HttpAnswer {
  const ExpiredTime = Math.floor((EPOCH + model.now) / 1000) + 3600;
  const credentials = {
    Code: "Success",
    TmpSecretId: "id",
    TmpSecretKey: "key",
    Token: `${model.cloud.tokens}`,
    ExpiredTime,
  };
  return {
    status: 200,
    body: url.endsWith("instance-id") ? model.cloud.instanceOf(name) : JSON.stringify(credentials),
  };
}

/** An address of the pair, and where it was so far. */
export class ModelAddress {
  /** Moves that were carried out: who called, from where, to where. */
  readonly moves: { by: string; from: string | undefined; to: string | undefined }[] = [];
  /** When the fabric last moved it, which is a HAVIP. */
  flushedAt = 0;
  readonly #model: Model;
  readonly #places: Place[];

  constructor(
    model: Model,
    readonly vip: string,
    readonly eipId: string,
    holder: string | undefined,
  ) {
    this.#model = model;
    this.#places = [{ at: -Infinity, holder, eipOn: holder, isMoving: false }];
  }

  get now(): Place {
    return this.#places.at(-1) as Place;
  }

  /** The interface that has the address; undefined: none. */
  get holder(): string | undefined {
    return this.now.holder;
  }

  /** Whether the EIP stands for the address where that is. */
  get isEipBound(): boolean {
    const { eipOn, holder } = this.now;
    return holder !== undefined && eipOn === holder;
  }

  /** From now on it is so. */
  change(to: Partial<Place>): void {
    this.#places.push({ ...this.now, ...to, at: this.#model.now });
  }

  /** Where it was at some time. */
  asOf(time: number): Place {
    let index = this.#places.length - 1;
    while ((this.#places[index] as Place).at > time) index -= 1;
    return this.#places[index] as Place;
  }

  /** Whether something was so at some time since then. */
  hasBeen(since: number, is: (place: Place) => boolean): boolean {
    if (is(this.asOf(since))) return true;
    for (let index = this.#places.length - 1; index >= 0; index -= 1) {
      const place = this.#places[index] as Place;
      if (place.at < since) return false;
      if (is(place)) return true;
    }
    return false;
  }
}

/** The cloud, as far as pairctl calls it: network interfaces by a short name, and the addresses of one pair. */
export class ModelCloud {
  readonly addresses: readonly ModelAddress[];
  /** What is not documented of the cloud: see the local cloud's assumptions of these names. */
  readings: Readings = { freeEni: "migrates", eip: "follows", tasks: "shown" };
  /** How long tasks take, in ms; drawn at random where that is not set. */
  taskMs: number | undefined;
  /** How old what a reader is shown may be, in ms. */
  staleMs = 0;
  /** The address about which no call succeeds. */
  stuckVip: string | undefined;
  /** Tokens before this one are not good any more. */
  tokens = 1;
  readonly #model: Model;
  /** From when what a node was shown last is: by its name, and the address. */
  readonly #shownFrom = new Map<string, number>();
  /** The nodes whose instance was terminated: their interface hangs free, or is gone. */
  readonly #terminated = new Map<string, "free" | "gone">();
  /** How many instances a node has had before. */
  readonly #replaced = new Map<string, number>();
  #requests = 0;

  constructor(model: Model) {
    this.#model = model;
    const holder = model.mechanism === "secondary-private-ip" ? "parking" : undefined;
    this.addresses = VIPS.slice(0, model.vips).map(
      (vip, index) => new ModelAddress(model, vip, EIPS[index] as string, holder),
    );
  }

  /** The first address, which most pairs have alone. */
  get first(): ModelAddress {
    return this.addresses[0] as ModelAddress;
  }

  /** The interface that has the first address. */
  get holder(): string | undefined {
    return this.first.holder;
  }

  /** Whether the first address has its EIP. */
  get isEipBound(): boolean {
    return this.first.isEipBound;
  }

  /** The moves of the first address. */
  get moves(): ModelAddress["moves"] {
    return this.first.moves;
  }

  /** Draws readings that nobody believes in, some of them at a time. */
  drawReadings(): void {
    const model = this.#model;
    const either = <T>(believed: T, others: readonly T[]) =>
      model.chance(0.5) ? believed : (others[Math.floor(model.random() * others.length)] ?? believed);
    this.readings = {
      freeEni: either("migrates", ["stuck"]),
      eip: either("follows", ["stays", "unbound"]),
      tasks: either("shown", ["not shown"]),
    };
    model.note(`the cloud: ${JSON.stringify(this.readings)}`);
  }

  /** The instance of a node. */
  instanceOf(name: string): string {
    return `ins-${name}${this.#replaced.get(name) ?? ""}`;
  }

  #interfaceOf(name: string): string {
    return `eni-${name}${this.#replaced.get(name) ?? ""}`;
  }

  /** The short name of an interface that is there. */
  #named(eni: string): string | undefined {
    return Object.keys(PRIMARY_IPS).find((name) => this.#interfaceOf(name) === eni && this.#isThere(name));
  }

  #isThere(name: string): boolean {
    return this.#terminated.get(name) !== "gone";
  }

  /**
   * A node's instance is terminated: its interface hangs free, for a while or until there is another instance, and is
   * deleted then, with all its addresses.
   */
  terminate(name: string): void {
    const model = this.#model;
    model.note(`the instance of ${name} is terminated`);
    this.#terminated.set(name, "free");
    if (model.chance(0.5)) model.after(model.between(0, 5000), () => this.#delete(name));
  }

  #delete(name: string): void {
    if (this.#terminated.get(name) !== "free") return;
    this.#terminated.set(name, "gone");
    for (const address of this.addresses) if (address.holder === name) this.#take(address, undefined);
  }

  /** A node that boots has an instance: a new one where the last one was terminated. */
  provide(name: string): void {
    if (!this.#terminated.has(name)) return;
    this.#delete(name);
    this.#terminated.delete(name);
    this.#replaced.set(name, (this.#replaced.get(name) ?? 1) + 1);
  }

  /** Somebody takes an address from its interface; the EIP is unbound by that. */
  unassign(address: ModelAddress): void {
    this.moveByHand(undefined, address);
  }

  /** The address is on another interface, or on none, from now on. */
  #take(address: ModelAddress, to: string | undefined): void {
    const { eipOn, holder } = address.now;
    const isUnbound = to === undefined || this.readings.eip === "unbound";
    const goesAlong = isUnbound ? undefined : this.readings.eip === "follows" ? to : eipOn;
    address.change({ holder: to, eipOn: eipOn === holder ? goesAlong : eipOn });
  }

  /** A node announces an address, which is a HAVIP: soon the fabric believes that, and the EIP goes along. */
  announce(by: ModelNode, address: ModelAddress): void {
    const model = this.#model;
    model.after(model.between(5, 100), () => {
      const from = address.holder;
      if (from === by.name) return;
      model.note(`the fabric sends ${address.vip} to ${by.name}, and no more to ${from}`);
      address.moves.push({ by: by.name, from, to: by.name });
      this.#take(address, by.name);
      address.flushedAt = model.now;
    });
  }

  /** Somebody moves an address by hand, unless a task does: then the cloud refuses. */
  moveByHand(to: string | undefined, address = this.first): void {
    if (address.now.isMoving || address.holder === to || (to !== undefined && !this.#isThere(to))) return;
    this.#model.note(`somebody moves ${address.vip} to ${to}`);
    this.#take(address, to);
  }

  /** Somebody unbinds an EIP. */
  unbindEip(address: ModelAddress): void {
    this.#model.note(`somebody unbinds ${address.eipId}`);
    address.change({ eipOn: undefined });
  }

  /** From when what a node was last shown of an address is. */
  shownFrom({ name }: ModelNode, { vip }: ModelAddress): number {
    return this.#shownFrom.get(`${name} ${vip}`) ?? this.#model.now;
  }

  /** What a reader is shown of an address, which may be what was so a while ago. */
  #show({ name }: ModelNode, address: ModelAddress): Place {
    const model = this.#model;
    const from = model.now - (this.staleMs > 0 ? model.between(0, this.staleMs) : 0);
    this.#shownFrom.set(`${name} ${address.vip}`, from);
    return address.asOf(from);
  }

  call(node: ModelNode, { headers = {}, body = "{}" }: HttpRequest, fault: Fault | undefined): HttpAnswer {
    this.#requests += 1;
    const RequestId = `request-${this.#requests}`;
    const now = EPOCH + this.#model.now;
    const action = headers["x-tc-action"] ?? "";
    const result = () => {
      if (fault === "error") return error(ERRORS[Math.floor(this.#model.random() * ERRORS.length)] ?? "");
      if (fault === "garbage") return {};
      if (Math.abs(Number(headers["x-tc-timestamp"]) * 1000 - now) > 300_000)
        return error("AuthFailure.SignatureExpire");
      if (headers["x-tc-token"] !== `${this.tokens}`) return error("AuthFailure.TokenFailure");
      if (WRITES.test(action) && !node.mayWrite) return error("UnauthorizedOperation");
      if (this.stuckVip !== undefined && body.includes(`"${this.stuckVip}"`)) return error("InternalError");
      return this.#carryOut(node, action, JSON.parse(body));
    };
    const text = JSON.stringify({ Response: { ...result(), RequestId } });
    return { status: 200, body: text, date: new Date(now).toUTCString() };
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire's own shape
  #carryOut(node: ModelNode, action: string, payload: any): object {
    const by = node.name;
    const addressOf = (vip: string) => this.addresses.find((each) => each.vip === vip) as ModelAddress;
    const eipOf = (id: string) => this.addresses.find((each) => each.eipId === id) as ModelAddress;
    switch (action) {
      case "DescribeNetworkInterfaces":
        return { NetworkInterfaceSet: this.#interfaces(node, payload.Filters) };
      case "DescribeHaVips":
        return { HaVipSet: [this.#haVip(node, addressOf(valuesOf(payload.Filters, "vip")[0] as string))] };
      case "DescribeAddresses": {
        const { now, vip } = eipOf(payload.AddressIds[0]);
        const { eipOn } = now;
        const NetworkInterfaceId = eipOn && this.#interfaceOf(eipOn);
        return { AddressSet: [{ PrivateAddressIp: eipOn && vip, NetworkInterfaceId }] };
      }
      case "AssociateAddress": {
        const address = eipOf(payload.AddressId);
        if (address.now.eipOn !== undefined) return error("InvalidAddressIdStatus.NotPermit");
        const to = this.#named(payload.NetworkInterfaceId);
        if (to === undefined || to !== address.holder) return error("InvalidNetworkInterfaceId.NotFound");
        address.change({ eipOn: to });
        return {};
      }
      case "DisassociateAddress": {
        const address = eipOf(payload.AddressId);
        if (address.now.eipOn === undefined) return error("InvalidAddressIdStatus.NotPermit");
        this.#model.note(`${by} unbinds ${address.eipId}`);
        address.change({ eipOn: undefined });
        return {};
      }
      case "AssignPrivateIpAddresses": {
        const address = addressOf(payload.PrivateIpAddresses[0].PrivateIpAddress);
        if (address.holder !== undefined) return error("ResourceInUse");
        return this.#move(node, address, undefined, this.#named(payload.NetworkInterfaceId));
      }
      case "UnassignPrivateIpAddresses": {
        const address = addressOf(payload.PrivateIpAddresses[0].PrivateIpAddress);
        const from = this.#named(payload.NetworkInterfaceId);
        if (from === undefined || from !== address.holder) return error("UnsupportedOperation.AttachmentNotFound");
        return this.#move(node, address, from, "nowhere");
      }
      case "MigratePrivateIpAddress": {
        const address = addressOf(payload.PrivateIpAddress);
        const from = this.#named(payload.SourceNetworkInterfaceId);
        const isStuck = from !== undefined && this.#attachedTo(from) === null && this.readings.freeEni === "stuck";
        if (from === undefined || from !== address.holder || isStuck)
          return error("UnauthorizedOperation.AttachmentNotFound");
        return this.#move(node, address, from, this.#named(payload.DestinationNetworkInterfaceId));
      }
      default:
        return error("InvalidAction");
    }
  }

  #haVip(node: ModelNode, address: ModelAddress): object {
    const { holder } = this.#show(node, address);
    return {
      HaVipId: "havip-1",
      InstanceId: holder === undefined ? "" : this.instanceOf(holder),
      AddressIp: "203.0.113.9",
      CheckAssociate: true,
      HaVipAssociationSet: ["primary", "secondary"].map((name) => ({ InstanceId: this.instanceOf(name) })),
      FlushedTime: new Date(EPOCH + address.flushedAt).toISOString().slice(0, 19),
    };
  }

  /** Begins a task. @param to an interface; undefined: there is no such interface; `nowhere`: off its interface */
  #move(node: ModelNode, address: ModelAddress, from: string | undefined, to: string | undefined): object {
    const model = this.#model;
    const by = node.name;
    if (to === undefined) return error("InvalidNetworkInterfaceId.NotFound");
    if (address.now.isMoving) return error("UnsupportedOperation.MutexOperationTaskRunning");
    // keepalived removes the VIP within 100 ms, and a call is on its way for 30.
    if (to === by && !node.hasBeenMasterSince(model.now - 200)) model.lies.push(`${by} takes, and is not MASTER`);
    address.change({ isMoving: true });
    const fails = model.chance(model.unreliability / 2);
    const taskMs = this.taskMs ?? model.between(50, model.chance(model.unreliability) ? 8000 : 1500);
    model.after(taskMs, () => {
      address.change({ isMoving: false });
      const isPossible = address.holder === from && (to === "nowhere" || this.#isThere(to));
      if (fails || !isPossible) return;
      const holder = to === "nowhere" ? undefined : to;
      model.note(`${by} has moved ${address.vip} from ${from} to ${holder}`);
      address.moves.push({ by, from, to: holder });
      this.#take(address, holder);
    });
    return {};
  }

  /** The instance that an interface is attached to. */
  #attachedTo(name: string): { InstanceId: string } | null {
    const isFree = name === "parking" || this.#terminated.has(name);
    return isFree ? null : { InstanceId: this.instanceOf(name) };
  }

  /** The interfaces that have an address which the filters ask for. */
  #interfaces(node: ModelNode, filters: readonly Filter[]): object[] {
    const asked = valuesOf(filters, "address-ip");
    const shown = new Map(
      this.addresses.filter(({ vip }) => asked.includes(vip)).map((address) => [address, this.#show(node, address)]),
    );
    const holders = [...shown.values()].map(({ holder }) => holder);
    return Object.entries(PRIMARY_IPS)
      .filter(([name, primary]) => this.#isThere(name) && (asked.includes(primary) || holders.includes(name)))
      .map(([name, primary]) => ({
        NetworkInterfaceId: this.#interfaceOf(name),
        Attachment: this.#attachedTo(name),
        PrivateIpAddressSet: [
          { PrivateIpAddress: primary, Primary: true, State: "AVAILABLE" },
          ...[...shown]
            .filter(([, { holder }]) => holder === name)
            .map(([{ eipId, vip }, { eipOn, isMoving }]) => ({
              PrivateIpAddress: vip,
              Primary: false,
              State: isMoving && this.readings.tasks === "shown" ? "MIGRATING" : "AVAILABLE",
              AddressId: name === eipOn ? eipId : "",
            })),
        ],
      }));
  }
}

/** A filter of the API. */
interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

const valuesOf = (filters: readonly Filter[], name: string) => filters.find(({ Name }) => Name === name)?.Values ?? [];

const error = (Code: string) => ({ Error: { Code, Message: "asked for" } });
