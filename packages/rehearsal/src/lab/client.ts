import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { follow, run } from "../machine/process.ts";
import type { Via } from "../report/run-record.ts";

const PROBER = fileURLToPath(new URL("../../assets/prober.mjs", import.meta.url));

/** The port of the service that the nodes offer in a rehearsal. */
const SERVICE_PORT = 7007;

/** How often the client asks, through each address. */
export const PROBE_INTERVAL_MS = 10;

/** An answer that the client got. Times are in ms since the epoch. */
export interface Answer {
  readonly via: Via;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** Which question it answers, of those asked through the address: from 1 on, one more each time. */
  readonly number: number;
  /** The node that answered. */
  readonly node: string;
}

/** A time in which the client did not ask, since the machine did not let it run. In ms since the epoch. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

/** What the client has asked, as far as it counts: no answer is missing to what was not asked. */
export interface Asked {
  /** Every answer, in the order of their arrival. */
  readonly answers: readonly Answer[];
  readonly pauses: readonly Pause[];
}

/** How much of a time the client did not ask, in ms. */
export function pausedMs(pauses: readonly Pause[], from: number, to: number): number {
  return pauses.reduce((sum, pause) => sum + Math.max(0, Math.min(pause.to, to) - Math.max(pause.from, from)), 0);
}

/** An address that the client asks through. */
interface Way {
  readonly via: Via;
  readonly address: string;
  /** What the prober knows it by: one that comes later under the same name has another. */
  readonly id: number;
  /** When the first question was asked that was answered, in ms since the epoch; undefined: none was yet. */
  servedSince: number | undefined;
}

/** A host that uses the pair's service all the time, through the VIP and, where there is one, the public address. */
export class Client implements Asked, Disposable {
  #answers: Answer[] = [];
  #pauses: Pause[] = [];
  readonly #ways = new Map<Via, Way>();
  #begun = 0;
  readonly #prober: ChildProcess;

  /**
   * @param namespace the network namespace that the client lives in
   * @param addresses the address to use for each way, from the beginning on
   */
  constructor(
    private readonly namespace: string,
    addresses: ReadonlyMap<Via, string>,
  ) {
    const command = [process.execPath, PROBER, String(SERVICE_PORT), String(PROBE_INTERVAL_MS)];
    this.#prober = follow("ip", ["netns", "exec", namespace, ...command], (line) => this.#take(line), {
      hasInput: true,
    });
    // It may be told to end before it has read what it is asked.
    this.#prober.stdin?.on("error", () => undefined);
    for (const [via, address] of addresses) this.begin(via, address);
  }

  /** The address that it asks through, for each way. */
  get addresses(): ReadonlyMap<Via, string> {
    return new Map([...this.#ways].map(([via, { address }]) => [via, address]));
  }

  /** Asks through an address from now on; in place of another one where the way had one. */
  begin(via: Via, address: string): void {
    if (this.#ways.get(via)?.address === address) return;
    this.end(via);
    this.#begun += 1;
    this.#ways.set(via, { via, address, id: this.#begun, servedSince: undefined });
    this.#prober.stdin?.write(`${this.#begun}=${address}\n`);
  }

  /** Asks through an address no more. */
  end(via: Via): void {
    const way = this.#ways.get(via);
    if (way === undefined) return;
    this.#ways.delete(via);
    this.#prober.stdin?.write(`${way.id}=\n`);
  }

  /** When the first question was asked that its address answered, in ms since the epoch; undefined: none was yet. */
  servedSince(via: Via): number | undefined {
    return this.#ways.get(via)?.servedSince;
  }

  #take(line: string): void {
    const [id, sentAt, receivedAt, number, node = ""] = line.split(" ");
    if (id === "paused") return void this.#pauses.push({ from: Number(sentAt), to: Number(receivedAt) });
    // One that has ended may have an answer on its way.
    const way = [...this.#ways.values()].find((each) => each.id === Number(id));
    if (way === undefined) return;
    way.servedSince ??= Number(sentAt);
    const times = { sentAt: Number(sentAt), receivedAt: Number(receivedAt) };
    this.#answers.push({ via: way.via, ...times, number: Number(number), node });
  }

  /** The answers since it last forgot, in the order of their arrival. */
  get answers(): readonly Answer[] {
    return this.#answers;
  }

  /** The times since it last forgot in which it did not ask. */
  get pauses(): readonly Pause[] {
    return this.#pauses;
  }

  /** Forgets the answers to what was asked before a moment, and the pauses before it. */
  forget(before: number): void {
    this.#answers = this.#answers.filter(({ sentAt }) => sentAt >= before);
    this.#pauses = this.#pauses.filter(({ to }) => to >= before);
  }

  /** The nodes that answered what was asked through an address since a moment, which is not long ago. */
  answering(via: Via, since: number): string[] {
    const nodes = new Set<string>();
    for (let index = this.#answers.length - 1; index >= 0; index -= 1) {
      const answer = this.#answers[index];
      if (answer === undefined || answer.receivedAt < since) break;
      if (answer.via === via && answer.sentAt >= since) nodes.add(answer.node);
    }
    return [...nodes];
  }

  /** Connects by TCP several times, one after the other, and returns the names of the nodes that answered. */
  ask(via: Via, times: number): Promise<string[]> {
    return this.askAddress(this.#ways.get(via)?.address ?? "", times);
  }

  /** The same by an address, which may be another than those that it asks all the time. */
  async askAddress(address: string, times: number): Promise<string[]> {
    const script =
      "const [p,a,n]=process.argv.slice(1);(async()=>{for(let i=0;i<n;i++)await new Promise(r=>{" +
      "const s=require('net').connect({port:p,host:a,timeout:1000});let t='';" +
      "s.on('data',d=>t+=d).on('timeout',()=>s.destroy(new Error('timeout')))" +
      ".on('error',e=>{t=e.message}).on('close',()=>{console.log(t.trim());r()})})})()";
    const args = [
      "netns",
      "exec",
      this.namespace,
      process.execPath,
      "-e",
      script,
      String(SERVICE_PORT),
      address,
      String(times),
    ];
    return (await run("ip", args)).trim().split("\n");
  }

  /** Ends the probing. */
  stop(): void {
    this.#prober.kill("SIGKILL");
  }

  /** Ends the probing. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
