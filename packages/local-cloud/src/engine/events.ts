/** The address is on another ENI: a task was committed or a gratuitous ARP learned. */
export interface HolderEvent {
  readonly vip: string;
  readonly mechanism: "havip" | "secondary-private-ip";
  /** Undefined: nobody holds it any more. */
  readonly networkInterfaceId: string | undefined;
  /** Undefined: nobody holds it, or its ENI is attached to no instance. */
  readonly instanceId: string | undefined;
  /** Unix time in ms. */
  readonly at: number;
}

/** A binding of an EIP has changed. */
export interface EipEvent {
  readonly addressId: string;
  readonly addressIp: string;
  /** The private address that it stands for now (of a HAVIP: the VIP). Undefined: unbound. */
  readonly privateIp: string | undefined;
  /** The ENI of that private address. Undefined: unbound, or bound to a HAVIP that nobody holds. */
  readonly networkInterfaceId: string | undefined;
  /** Unix time in ms. */
  readonly at: number;
}

/** An API call was answered, or its answer withheld by a fault. */
export interface CallEvent {
  /** When it arrived, Unix time in ms. */
  readonly at: number;
  readonly service: string;
  readonly action: string;
  /** The instance whose temporary credentials signed it. */
  readonly instanceId: string | undefined;
  /** "OK", the error code, or what a fault did: `HTTP 500`, `connection dropped`. */
  readonly code: string;
  readonly requestId: string;
  /** From its arrival to its answer. */
  readonly ms: number;
}

/** A task has started or ended. */
export interface TaskEvent {
  readonly taskId: string;
  readonly action: string;
  readonly status: "RUNNING" | "SUCCESS" | "FAILED";
}

/** What listeners can be told, by name. */
export interface CloudEvents {
  holder: HolderEvent;
  eip: EipEvent;
  call: CallEvent;
  task: TaskEvent;
}

/** Typed events. Listeners run synchronously, in the order in which they were added. */
export class Events {
  readonly #listeners: { [Name in keyof CloudEvents]: Set<(event: CloudEvents[Name]) => void> } = {
    holder: new Set(),
    eip: new Set(),
    call: new Set(),
    task: new Set(),
  };

  /** @returns a function that takes the listener off again */
  on<Name extends keyof CloudEvents>(name: Name, listener: (event: CloudEvents[Name]) => void): () => void {
    const listeners = this.#listeners[name];
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Tells every listener of this name. */
  emit<Name extends keyof CloudEvents>(name: Name, event: CloudEvents[Name]): void {
    for (const listener of this.#listeners[name]) listener(event);
  }
}
