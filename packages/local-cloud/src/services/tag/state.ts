import type { ServiceCore } from "../core.ts";

/** What the tag service keeps. */
export const tagState = () => ({
  /** By resource: `<service>:<prefix>/<id>`, e.g. `cvm:instance/ins-1a2b3c4d`. */
  tags: new Map<string, Record<string, string>>(),
});

export type TagState = Readonly<ReturnType<typeof tagState>>;

type Resources<Id = string> = ReadonlyMap<Id, unknown>;

/** What the service works on: beside the tags, all that can have some. */
export interface State extends TagState {
  readonly vpcs: Resources;
  readonly subnets: Resources;
  readonly networkInterfaces: Resources;
  readonly haVips: Resources;
  readonly addresses: Resources;
  readonly securityGroups: Resources;
  readonly instances: Resources;
  readonly disks: Resources;
  readonly placementGroups: Resources;
  readonly keyPairs: Resources;
  /** By name; they have their tags by id. */
  readonly roles: ReadonlyMap<string, { readonly roleId: string }>;
  readonly policies: Resources<number>;
}

export type Core = ServiceCore<State>;
