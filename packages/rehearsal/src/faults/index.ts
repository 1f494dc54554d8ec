import { bootFaults } from "./boots.ts";
import { cloudApiFaults, credentialFaults } from "./cloud-api.ts";
import { combinationFaults } from "./combinations.ts";
import type { Fault } from "./fault.ts";
import { handFaults } from "./hands.ts";
import { healthCheckFaults } from "./health-checks.ts";
import { hookFaults } from "./hook.ts";
import { keepalivedFaults } from "./keepalived.ts";
import { networkFaults } from "./network.ts";
import { nodeFaults } from "./nodes.ts";

/** Every fault that the rehearsal knows, by group. */
export const FAULTS: readonly Fault[] = [
  ...keepalivedFaults,
  ...healthCheckFaults,
  ...nodeFaults,
  ...networkFaults,
  ...cloudApiFaults,
  ...credentialFaults,
  ...handFaults,
  ...hookFaults,
  ...bootFaults,
  ...combinationFaults,
];

/** A fault by its name. @throws where there is none */
export function faultNamed(name: string): Fault {
  const fault = FAULTS.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new Error(`there is no fault called '${name}'`);
  return fault;
}
