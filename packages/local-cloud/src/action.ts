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
}

/** What a service works on. */
export interface Core {
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
