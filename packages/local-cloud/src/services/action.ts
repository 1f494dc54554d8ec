import type { Reader } from "../api/parameters.ts";

/** One action of a service's API. */
export interface Action<Core> {
  readonly service: string;
  readonly version: string;
  readonly action: string;
  /** Checks the request's body and carries it out; returns the members of `Response` beside `RequestId`. */
  readonly handle: (core: Core, body: unknown, requestId: string) => object;
}

/** Makes an action of one service: ties a handler to the reader of its parameters. */
export type DefineAction<Core> = <P>(
  action: string,
  parameters: Reader<P>,
  handler: (core: Core, parameters: P, requestId: string) => object,
) => Action<Core>;

/**
 * How the actions of a service are made.
 *
 * @param service - name and version of its API
 */
export const actionsOf =
  <Core>(service: { readonly service: string; readonly version: string }): DefineAction<Core> =>
  (action, parameters, handler) => ({
    ...service,
    action,
    handle: (core, body, requestId) => handler(core, parameters("", body), requestId),
  });
