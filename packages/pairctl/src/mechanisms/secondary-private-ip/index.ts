import type { MechanismSteps } from "../../protocol/reconcile.ts";
import { act } from "./act.ts";
import { type InterfaceObservation, objection, observe } from "./observe.ts";

/** The VPC API moves the address, called by the node that has become MASTER. */
export const secondaryPrivateIp: MechanismSteps<InterfaceObservation> = { observe, objection, act };
