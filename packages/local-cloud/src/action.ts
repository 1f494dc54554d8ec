import type { Events } from "./events.ts";
import type { Reader } from "./parameters.ts";
import type { State } from "./state.ts";
import type { Tasks } from "./tasks.ts";

/** How much of something the cloud gives. */
export interface Quotas {
  /** Addresses on one ENI, the primary one included. The cloud's own figure depends on the instance type. */
  readonly privateIpsPerNetworkInterface: number;
  /** The cloud's default is 10. */
  readonly haVipsPerVpc: number;
  readonly vpcs: number;
  readonly subnetsPerVpc: number;
  readonly addresses: number;
  readonly securityGroups: number;
  /** Rules of one direction. */
  readonly rulesPerSecurityGroup: number;
  readonly placementGroups: number;
  /** How many instances a placement group of type HOST, SW or RACK takes. */
  readonly instancesPerPlacementGroup: number;
}

/** Those of a new account, as far as they are documented; the last two are assumed. */
export const defaultQuotas: Quotas = {
  privateIpsPerNetworkInterface: 30,
  haVipsPerVpc: 10,
  vpcs: 20,
  subnetsPerVpc: 100,
  addresses: 20,
  securityGroups: 50,
  rulesPerSecurityGroup: 100,
  placementGroups: 10,
  instancesPerPlacementGroup: 50,
};

/** What a service works on. */
export interface Core {
  /** The only one there is. */
  readonly region: string;
  readonly state: State;
  readonly tasks: Tasks;
  readonly events: Events;
  readonly quotas: Quotas;
  /** Unix time in ms. */
  readonly now: () => number;
}

/** One action of a service's API. */
export interface Action {
  readonly service: string;
  readonly version: string;
  readonly action: string;
  /** Checks the request's body and carries it out; returns the members of `Response` beside `RequestId`. */
  readonly handle: (core: Core, body: unknown, requestId: string) => object;
}

/** Ties a handler to the reader of its parameters. */
export function defineAction<P>(
  name: { readonly service: string; readonly version: string; readonly action: string },
  parameters: Reader<P>,
  handler: (core: Core, parameters: P, requestId: string) => object,
): Action {
  return { ...name, handle: (core, body, requestId) => handler(core, parameters("", body), requestId) };
}
