import type { Client } from "../lab/client.ts";
import type { Via } from "../report/run-record.ts";

const INTERVAL_MS = 100;
/** An address through which nothing was answered for this long is not served: single answers come late on a busy machine. */
const RECENT_MS = 300;

/** Who answers the client through an address from a moment on. */
export interface ClientChange {
  readonly via: Via;
  /** The nodes, sorted; none where nobody answers. */
  readonly answeredBy: readonly string[];
  /** In ms since the epoch, to the interval of the looks: for people, not a measurement. */
  readonly since: number;
}

/** Watches through which addresses the client is answered, and by whom, and tells each change. */
export class ClientWatch implements Disposable {
  readonly #known = new Map<Via, readonly string[]>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly client: Pick<Client, "addresses" | "answering">,
    private readonly onChange: (change: ClientChange) => void,
  ) {
    this.#timer = setInterval(() => this.look(Date.now()), INTERVAL_MS);
  }

  /** Looks once. */
  look(now: number): void {
    const recent = now - RECENT_MS;
    for (const via of this.client.addresses.keys()) {
      const answeredBy = this.client.answering(via, recent).sort();
      const before = this.#known.get(via);
      if (before?.join() === answeredBy.join()) continue;
      this.#known.set(via, answeredBy);
      const isLost = before !== undefined && answeredBy.length === 0;
      this.onChange({ via, answeredBy, since: isLost ? recent : now });
    }
  }

  /** Looks no more. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks no more. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
