/** What is done to the machine of an instance; each resolves once it is done. */
export interface Machines {
  /** Switches it on: it boots. What is on already stays so. */
  powerOn(instanceId: string): Promise<void>;
  /**
   * Shuts its system down in order; what is off already stays so.
   *
   * @throws where the system does not shut down
   */
  shutDown(instanceId: string): Promise<void>;
  /** Takes its power away, and its network; what is off already stays so. */
  powerOff(instanceId: string): Promise<void>;
  /** Gives it, while it is off, an empty system disk with a fresh system on it: it boots for the first time then. */
  reinstall(instanceId: string): Promise<void>;
}

/** Where the machines are plugged in. */
export interface MachineRoom {
  /** Absent: the instances have none, and nothing resists. */
  machines?: Machines;
}

/** What is done to a machine, in this order. */
export type PowerStep =
  | "on"
  /** In order; the operation fails where the system resists. */
  | "soft off"
  /** In order, and by force where the system resists. */
  | "soft first off"
  /** By force. */
  | "hard off"
  /** While it is off: its system is installed anew. */
  | "reinstall";

/**
 * Takes the machine of an instance through some steps.
 *
 * @throws where the system does not shut down and must
 */
export async function power({ machines }: MachineRoom, instanceId: string, steps: readonly PowerStep[]): Promise<void> {
  if (machines === undefined) return;
  for (const step of steps) {
    if (step === "on") await machines.powerOn(instanceId);
    else if (step === "soft off") await machines.shutDown(instanceId);
    else if (step === "hard off") await machines.powerOff(instanceId);
    else if (step === "reinstall") await machines.reinstall(instanceId);
    else await machines.shutDown(instanceId).catch(() => machines.powerOff(instanceId));
  }
}
