import type { HttpAnswer, HttpRequest } from "../../src/node/host.ts";
import type { Model, ModelNode } from "./model.ts";

export const VIP = "10.0.1.100";
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
/** No cloud shows what is older. */
export const STALEST_MS = 10_000;
const ERRORS = ["RequestLimitExceeded", "InternalError", "UnsupportedOperation.MutexOperationTaskRunning"];

/** What the cloud does where no document says it. */
interface Readings {
  /** Whether an address migrates from an interface that is attached to nothing. */
  readonly freeEni: "migrates" | "stuck";
  /** What becomes of the EIP of a migrated address. */
  readonly eip: "follows" | "stays" | "unbound";
  /** Whether an address that is moving is shown so. */
  readonly tasks: "shown" | "not shown";
}

/** What was so, and since when. */
interface Past {
  readonly since: number;
  readonly holder: string | undefined;
  readonly eipOn: string | undefined;
  readonly running: boolean;
}

/** What the metadata service says. */
export function answerOf({ name, model }: ModelNode, url: string): HttpAnswer {
  const ExpiredTime = Math.floor((EPOCH + model.now) / 1000) + 3600;
  const credentials = {
    Code: "Success",
    TmpSecretId: "id",
    TmpSecretKey: "key",
    Token: `${model.cloud.tokens}`,
    ExpiredTime,
  };
  return { status: 200, body: url.endsWith("instance-id") ? `ins-${name}` : JSON.stringify(credentials) };
}

/** The cloud, as far as pairctl calls it: network interfaces by a short name, one address, one EIP. */
export class ModelCloud {
  /** The interface that has the address; undefined: none. */
  holder: string | undefined;
  /** The interface on which the EIP stands for the address, or did, where it stayed behind. */
  eipOn: string | undefined;
  /** What is not documented of the cloud: see the local cloud's assumptions of these names. */
  readings: Readings = { freeEni: "migrates", eip: "follows", tasks: "shown" };
  /** How long tasks take, in ms; drawn at random where that is not set. */
  taskMs: number | undefined;
  /** How old is what the cloud shows, in ms: what it carries out goes by what is so. */
  staleMs = 0;
  /** When it last showed what was so before. */
  staleAt = -Infinity;
  /** When an interface last lost the address. */
  readonly lostAt = new Map<string | undefined, number>();
  /** Moves that were carried out: who called, from where, to where. */
  readonly moves: { by: string; from: string | undefined; to: string | undefined }[] = [];
  /** Tokens before this one are not good any more. */
  tokens = 1;
  readonly #model: Model;
  /** When the fabric last moved a HAVIP. */
  #flushedAt = 0;
  #running = false;
  #requests = 0;
  readonly #past: Past[] = [];

  constructor(model: Model) {
    this.#model = model;
    if (model.mechanism === "secondary-private-ip") this.holder = this.eipOn = "parking";
  }

  /** What the cloud shows now. */
  #show(): Omit<Past, "since"> {
    const { now } = this.#model;
    if (this.staleMs > 0) this.staleAt = now;
    return this.#past.filter(({ since }) => since <= now - this.staleMs).at(-1) ?? this.#past[0] ?? this.#present;
  }

  get #present(): Omit<Past, "since"> {
    return { holder: this.holder, eipOn: this.eipOn, running: this.#running };
  }

  /** Keeps what is so from now on, until that is older than anything that is shown. */
  #remember(): void {
    const { now } = this.#model;
    this.#past.push({ since: now, ...this.#present });
    while (this.#past[1] && this.#past[1].since < now - STALEST_MS) this.#past.shift();
  }

  /** Whether the EIP stands for the address where that is. */
  get isEipBound(): boolean {
    return this.holder !== undefined && this.eipOn === this.holder;
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

  /** Somebody takes the address from its interface; the EIP is unbound by that. */
  unassign(): void {
    if (this.#running) return;
    this.#model.note("the address is unassigned");
    this.#take(undefined);
  }

  /** The address is on another interface, or on none, from now on. */
  #take(to: string | undefined): void {
    this.lostAt.set(this.holder, this.#model.now);
    if (this.eipOn === this.holder) {
      if (to === undefined || this.readings.eip === "unbound") this.eipOn = undefined;
      else if (this.readings.eip === "follows") this.eipOn = to;
    }
    this.holder = to;
    this.#remember();
  }

  /** A node announces the address, which is a HAVIP: soon the fabric believes that, and the EIP goes along. */
  announce(by: ModelNode): void {
    const model = this.#model;
    model.after(model.between(5, 100), () => {
      const from = this.holder;
      if (from === by.name) return;
      model.note(`the fabric sends the address to ${by.name}, and no more to ${from}`);
      this.moves.push({ by: by.name, from, to: by.name });
      this.#take(by.name);
      this.#flushedAt = model.now;
    });
  }

  /** Somebody moves the address to a node by hand. */
  moveByHand(to: string): void {
    this.#model.note(`somebody moves the address to ${to}`);
    this.#take(to);
  }

  call(node: ModelNode, { headers = {}, body = "{}" }: HttpRequest, fault: Fault | undefined): HttpAnswer {
    this.#requests += 1;
    const RequestId = `request-${this.#requests}`;
    const now = EPOCH + this.#model.now;
    const result = () => {
      if (fault === "error") return error(ERRORS[Math.floor(this.#model.random() * ERRORS.length)] ?? "");
      if (fault === "garbage") return {};
      if (Math.abs(Number(headers["x-tc-timestamp"]) * 1000 - now) > 300_000)
        return error("AuthFailure.SignatureExpire");
      if (headers["x-tc-token"] !== `${this.tokens}`) return error("AuthFailure.TokenFailure");
      return this.#carryOut(node.name, headers["x-tc-action"] ?? "", JSON.parse(body));
    };
    const text = JSON.stringify({ Response: { ...result(), RequestId } });
    return { status: 200, body: text, date: new Date(now).toUTCString() };
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire's own shape
  #carryOut(by: string, action: string, payload: any): object {
    const eniOf = (eni: string) => eni.replace("eni-", "");
    switch (action) {
      case "DescribeNetworkInterfaces":
        return { NetworkInterfaceSet: this.#interfaces(payload.Filters) };
      case "DescribeHaVips":
        return { HaVipSet: [this.#haVip()] };
      case "DescribeAddresses":
        return { AddressSet: [{ PrivateAddressIp: this.eipOn && VIP, NetworkInterfaceId: `eni-${this.eipOn}` }] };
      case "AssociateAddress":
        if (this.eipOn !== undefined) return error("InvalidAddressIdStatus.NotPermit");
        if (eniOf(payload.NetworkInterfaceId) !== this.holder) return error("InvalidNetworkInterfaceId.NotFound");
        this.eipOn = this.holder;
        this.#remember();
        return {};
      case "DisassociateAddress":
        if (this.eipOn === undefined) return error("InvalidAddressIdStatus.NotPermit");
        this.#model.note(`${by} unbinds the EIP`);
        this.eipOn = undefined;
        this.#remember();
        return {};
      case "AssignPrivateIpAddresses":
        if (this.holder !== undefined) return error("ResourceInUse");
        return this.#move(by, undefined, eniOf(payload.NetworkInterfaceId));
      case "UnassignPrivateIpAddresses": {
        const from = eniOf(payload.NetworkInterfaceId);
        if (from !== this.holder) return error("UnsupportedOperation.AttachmentNotFound");
        return this.#move(by, from, undefined);
      }
      case "MigratePrivateIpAddress": {
        const from = eniOf(payload.SourceNetworkInterfaceId);
        const isStuck = from === "parking" && this.readings.freeEni === "stuck";
        if (from !== this.holder || isStuck) return error("UnauthorizedOperation.AttachmentNotFound");
        return this.#move(by, from, eniOf(payload.DestinationNetworkInterfaceId));
      }
      default:
        return error("InvalidAction");
    }
  }

  #haVip(): object {
    const { holder } = this.#show();
    return {
      HaVipId: "havip-1",
      InstanceId: holder === undefined ? "" : `ins-${holder}`,
      AddressIp: "203.0.113.9",
      CheckAssociate: true,
      HaVipAssociationSet: [{ InstanceId: "ins-primary" }, { InstanceId: "ins-secondary" }],
      FlushedTime: new Date(EPOCH + this.#flushedAt).toISOString().slice(0, 19),
    };
  }

  #move(by: string, from: string | undefined, to: string | undefined): object {
    const model = this.#model;
    if (this.#running) return error("UnsupportedOperation.MutexOperationTaskRunning");
    this.#running = true;
    this.#remember();
    const fails = model.chance(model.unreliability / 2);
    const taskMs = this.taskMs ?? model.between(50, model.chance(model.unreliability) ? 8000 : 1500);
    model.after(taskMs, () => {
      this.#running = false;
      this.#remember();
      if (fails) return;
      model.note(`${by} has moved the address from ${from} to ${to}`);
      this.moves.push({ by, from, to });
      this.#take(to);
    });
    return {};
  }

  /** The interfaces that have an address which the filters ask for. */
  #interfaces(filters: readonly { readonly Name: string; readonly Values: readonly string[] }[]): object[] {
    const { eipOn, holder, running } = this.#show();
    const addresses = filters.find(({ Name }) => Name === "address-ip")?.Values ?? [];
    const asked = Object.entries(PRIMARY_IPS).filter(
      ([name, primary]) => addresses.includes(primary) || (name === holder && addresses.includes(VIP)),
    );
    return asked.map(([name, primary]) => ({
      NetworkInterfaceId: `eni-${name}`,
      Attachment: name === "parking" ? null : { InstanceId: `ins-${name}` },
      PrivateIpAddressSet: [
        { PrivateIpAddress: primary, Primary: true, State: "AVAILABLE" },
        ...(name === holder
          ? [
              {
                PrivateIpAddress: VIP,
                Primary: false,
                State: running && this.readings.tasks === "shown" ? "MIGRATING" : "AVAILABLE",
                AddressId: name === eipOn ? "eip-1" : "",
              },
            ]
          : []),
      ],
    }));
  }
}

const error = (Code: string) => ({ Error: { Code, Message: "asked for" } });
