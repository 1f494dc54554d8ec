import type { Machines } from "local-cloud";

/** A node, as far as its power goes. */
export interface PoweredNode {
  /** Whether it runs. */
  readonly isUp: boolean;
  /** Starts it. */
  powerOn(): Promise<void>;
  /** Shuts it down in order. */
  powerOff(): Promise<void>;
  /** Takes its power away. */
  crash(): Promise<void>;
  /** Gives it, while it is down, an empty disk with a fresh system. */
  replaceDisk(): Promise<void>;
}

/** The nodes as the machines of the cloud's instances; an instance that is no node has none. */
export class NodeMachines implements Machines {
  /**
   * @param nodeOf the node that an instance is; undefined: none
   * @param takeIn makes a new instance a node, where it is to be one. @default - no new instance is
   */
  constructor(
    private readonly nodeOf: (instanceId: string) => PoweredNode | undefined,
    private readonly takeIn: (instanceId: string) => Promise<PoweredNode | undefined> = () =>
      Promise.resolve(undefined),
  ) {}

  /** Boots the node. */
  async powerOn(instanceId: string): Promise<void> {
    const node = this.nodeOf(instanceId) ?? (await this.takeIn(instanceId));
    if (node?.isUp === false) await node.powerOn();
  }

  /** Shuts the node down in order. @throws where it does not shut down */
  async shutDown(instanceId: string): Promise<void> {
    const node = this.nodeOf(instanceId);
    if (node?.isUp) await node.powerOff();
  }

  /** Takes the node's power away. */
  async powerOff(instanceId: string): Promise<void> {
    const node = this.nodeOf(instanceId);
    if (node?.isUp) await node.crash();
  }

  /** Installs the node's system anew, of the one root filesystem that a rehearsal has, whatever image is asked for. */
  async reinstall(instanceId: string): Promise<void> {
    await this.nodeOf(instanceId)?.replaceDisk();
  }
}
