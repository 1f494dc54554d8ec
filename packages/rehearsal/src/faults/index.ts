import { bootFaults } from "./boots.ts";
import { cloudApiFaults } from "./cloud-api.ts";
import { clockFaults } from "./clocks.ts";
import { combinationFaults } from "./combinations.ts";
import { cutLinkFaults } from "./cut-links.ts";
import { credentialFaults } from "./credentials.ts";
import type { Fault, FaultGroup } from "./fault.ts";
import { handFaults } from "./hands.ts";
import { healthCheckFaults } from "./health-checks.ts";
import { hostFirewallFaults } from "./host-firewall.ts";
import { pairctlFaults } from "./pairctl.ts";
import { keepalivedOperationFaults } from "./keepalived-operation.ts";
import { keepalivedProcessFaults } from "./keepalived-processes.ts";
import { memoryFaults } from "./memory.ts";
import { linkFaults } from "./network-links.ts";
import { partitionFaults } from "./network-partitions.ts";
import { nodeFaults } from "./nodes.ts";
import { sourceAddressFaults } from "./source-addresses.ts";
import { refusedBootFaults } from "./refused-boots.ts";
import { splitBrainFaults } from "./split-brains.ts";

/** Every fault that the rehearsal knows, by group. */
export const FAULTS: readonly Fault[] = [
  ...keepalivedOperationFaults,
  ...keepalivedProcessFaults,
  ...healthCheckFaults,
  ...nodeFaults,
  ...memoryFaults,
  ...clockFaults,
  ...linkFaults,
  ...sourceAddressFaults,
  ...partitionFaults,
  ...cutLinkFaults,
  ...splitBrainFaults,
  ...hostFirewallFaults,
  ...cloudApiFaults,
  ...credentialFaults,
  ...handFaults,
  ...pairctlFaults,
  ...bootFaults,
  ...refusedBootFaults,
  ...combinationFaults,
];

/** The groups of these faults, in their order. */
export const FAULT_GROUPS: readonly FaultGroup[] = [...new Set(FAULTS.map(({ group }) => group))];

/** A fault by its name. @throws where there is none */
export function faultNamed(name: string): Fault {
  const fault = FAULTS.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`there is no fault called '${name}'`);
  return fault;
}
