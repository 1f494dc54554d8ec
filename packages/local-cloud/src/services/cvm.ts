import type { Action } from "../action.ts";
import { describeImages, describeZones } from "./cvm/images.ts";
import {
  describeInstances,
  describeInstancesAttributes,
  modifyInstancesAttribute,
  terminateInstances,
} from "./cvm/instances.ts";
import { deleteKeyPairs, describeKeyPairs, importKeyPair, modifyKeyPairAttribute } from "./cvm/key-pairs.ts";
import {
  createDisasterRecoverGroup,
  deleteDisasterRecoverGroups,
  describeDisasterRecoverGroups,
  modifyDisasterRecoverGroupAttribute,
} from "./cvm/placement-groups.ts";
import { runInstances } from "./cvm/run-instances.ts";

/** What there is of the CVM API, version 2017-03-12. */
export const cvmActions: readonly Action[] = [
  runInstances,
  describeInstances,
  describeInstancesAttributes,
  modifyInstancesAttribute,
  terminateInstances,
  describeImages,
  describeZones,
  importKeyPair,
  describeKeyPairs,
  modifyKeyPairAttribute,
  deleteKeyPairs,
  createDisasterRecoverGroup,
  describeDisasterRecoverGroups,
  modifyDisasterRecoverGroupAttribute,
  deleteDisasterRecoverGroups,
];
