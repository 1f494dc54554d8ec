import type { MechanismSteps } from "../../protocol/reconcile.ts";
import { act } from "./act.ts";
import { type HaVipObservation, objection, observe } from "./observe.ts";

/** The cloud's fabric moves the address on keepalived's gratuitous ARP: pairctl verifies that. */
export const haVip: MechanismSteps<HaVipObservation> = { observe, objection, act };
