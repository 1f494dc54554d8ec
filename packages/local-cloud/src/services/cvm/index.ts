// The CVM service: instances, and the keys, images and placement groups that they are made with.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { describeImages } from "./image/actions.ts";
import {
  describeInstances,
  describeInstancesAttributes,
  modifyInstancesAttribute,
  terminateInstances,
} from "./instance/actions.ts";
import { modifyInstancesChargeType, modifyInstancesRenewFlag } from "./instance/charge.ts";
import { modifyInstancesVpcAttribute } from "./instance/network.ts";
import { rebootInstances, startInstances, stopInstances } from "./instance/power.ts";
import { modifyInstancesProject } from "./instance/project.ts";
import { resizeInstanceDisks } from "./instance/resize-disks.ts";
import { resetInstance } from "./instance/reset.ts";
import { resetInstancesType } from "./instance/reset-type.ts";
import { runInstances } from "./instance/run-instances.ts";
import { associateInstancesKeyPairs, disassociateInstancesKeyPairs } from "./key-pair/association.ts";
import { deleteKeyPairs, describeKeyPairs, importKeyPair, modifyKeyPairAttribute } from "./key-pair/actions.ts";
import {
  createDisasterRecoverGroup,
  deleteDisasterRecoverGroups,
  describeDisasterRecoverGroups,
  modifyDisasterRecoverGroupAttribute,
} from "./placement-group/actions.ts";
import { modifyInstancesDisasterRecoverGroup } from "./placement-group/membership.ts";
import { describeZones } from "./zone/actions.ts";
import { describeZoneInstanceConfigInfos } from "./zone/instance-types.ts";
import type { Core } from "./state.ts";

export { type Image, publicImages } from "./image/public-images.ts";
export { createImage, type ImageOptions, imagesOf } from "./image/state.ts";
export { createInstance, type InstanceOptions } from "./instance/create.ts";
export type { Instance } from "./instance/state.ts";
export { deliveredUserData } from "./instance/user-data.ts";
export { createKeyPair, type KeyPairOptions } from "./key-pair/create.ts";
export type { Project } from "./project/state.ts";
export { type CvmState, cvmState, type State } from "./state.ts";
export { type SoldOut, soldOutKey } from "./zone/sold-out.ts";

/** What there is of the CVM API, version 2017-03-12. */
export const cvmActions: readonly Action<Core>[] = [
  runInstances,
  describeInstances,
  describeInstancesAttributes,
  modifyInstancesAttribute,
  modifyInstancesChargeType,
  modifyInstancesRenewFlag,
  modifyInstancesProject,
  modifyInstancesVpcAttribute,
  terminateInstances,
  stopInstances,
  startInstances,
  rebootInstances,
  resetInstancesType,
  resetInstance,
  resizeInstanceDisks,
  describeImages,
  describeZones,
  describeZoneInstanceConfigInfos,
  importKeyPair,
  describeKeyPairs,
  modifyKeyPairAttribute,
  deleteKeyPairs,
  associateInstancesKeyPairs,
  disassociateInstancesKeyPairs,
  createDisasterRecoverGroup,
  describeDisasterRecoverGroups,
  modifyDisasterRecoverGroupAttribute,
  deleteDisasterRecoverGroups,
  modifyInstancesDisasterRecoverGroup,
];
