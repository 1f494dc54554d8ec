import { setTimeout as sleep } from "node:timers/promises";
import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";

/** How often the cloud is looked at, in ms. */
const LOOK_MS = 50;

/**
 * Lets the nodes go down and come up as their instances do in the cloud: what Terraform stops and starts there is a
 * machine here. Disposed of, it does no more.
 */
export class PowerFollower implements AsyncDisposable {
  readonly #loops: readonly Promise<void>[];
  #isOver = false;

  constructor(private readonly lab: Lab) {
    this.#loops = lab.nodes.map((node) => this.#follow(node));
  }

  async #follow(node: Node): Promise<void> {
    while (!this.#isOver) {
      const state = this.lab.cloud.state.instances.get(node.stackNode.instanceId)?.instanceState;
      if (node.isUp && (state === "STOPPING" || state === "STOPPED")) {
        this.lab.timeline.note(node.role, "power", "is stopped by the cloud");
        await node.powerOff();
      } else if (!node.isUp && state === "RUNNING") {
        this.lab.timeline.note(node.role, "power", "is started by the cloud");
        await node.powerOn();
      }
      await sleep(LOOK_MS);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }
}
