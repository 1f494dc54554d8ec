import { execFileSync } from "node:child_process";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseSettings } from "../../src/contract/index.ts";
import { serve } from "../../src/node/http.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { exchangeWords } from "../../src/peer/exchange.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { beginSession } from "../../src/protocol/session.ts";
import type { MasterNode } from "./master-node.ts";

/** What a {@link MasterNode}'s agent hears of its peer: a BACKUP, which answers it and asks it as an agent does. */
export class TalkingPeer implements AsyncDisposable {
  #isOver = false;
  #server: Server | undefined;
  readonly #talk: Promise<void>;

  constructor({ settings }: MasterNode) {
    const { peerIp, peerPriority, priority, privateIp } = settings as Record<string, string>;
    // Both nodes are in one network namespace: each is asked from the other one's address all the same.
    const ip = (words: string) => execFileSync("ip", words.split(" "));
    ip(`address add ${peerIp}/32 dev lo`);
    ip(`route replace table local local ${peerIp} dev lo src ${privateIp}`);
    ip(`route replace table local local ${privateIp} dev lo src ${peerIp}`);
    const own = { privateIp: peerIp, priority: peerPriority, peerIp: privateIp, peerPriority: priority };
    const host = {
      ...nodeHost("/nowhere"),
      hasAddress: () => false,
      isRunning: () => true,
      serve: (...given: Parameters<typeof serve>) => void (this.#server = serve(...given)),
    };
    const session = beginSession(host, parseSettings(JSON.stringify({ ...settings, ...own })), noMemory());
    const ask = exchangeWords(session);
    const talk = async () => {
      while (!this.#isOver) await sleep(await ask());
    };
    this.#talk = talk();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#talk;
    // An agent answers for as long as its process runs; this one ends before.
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
