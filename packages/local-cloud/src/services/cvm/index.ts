import type { Action } from "../action.ts";
import { describeImages } from "./image/actions.ts";
import {
  describeInstances,
  describeInstancesAttributes,
  modifyInstancesAttribute,
  terminateInstances,
} from "./instance/actions.ts";
import { runInstances } from "./instance/run-instances.ts";
import { deleteKeyPairs, describeKeyPairs, importKeyPair, modifyKeyPairAttribute } from "./key-pair/actions.ts";
import {
  createDisasterRecoverGroup,
  deleteDisasterRecoverGroups,
  describeDisasterRecoverGroups,
  modifyDisasterRecoverGroupAttribute,
} from "./placement-group/actions.ts";
import { describeZones } from "./zone/actions.ts";

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
