import type { Reader } from "../api/parameters.ts";
import type { Core } from "./core.ts";

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
