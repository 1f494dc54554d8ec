import type { Machines } from "../../src/index.ts";

/** Machines that note what is done to them, and take as long as the test says. */
export class PuppetMachines implements Machines {
  /** What was done, in order: what, and to which instance. */
  readonly done: string[] = [];
  /** The instances whose system does not shut down in order. */
  readonly resisting = new Set<string>();
  /** What the next thing that is done waits for. */
  until: Promise<void> = Promise.resolve();

  async powerOn(instanceId: string): Promise<void> {
    await this.until;
    this.done.push(`on ${instanceId}`);
  }

  async shutDown(instanceId: string): Promise<void> {
    await this.until;
    if (this.resisting.has(instanceId)) throw new Error("it does not shut down");
    this.done.push(`shut down ${instanceId}`);
  }

  async powerOff(instanceId: string): Promise<void> {
    await this.until;
    this.done.push(`off ${instanceId}`);
  }

  async reinstall(instanceId: string): Promise<void> {
    await this.until;
    this.done.push(`reinstall ${instanceId}`);
  }
}
