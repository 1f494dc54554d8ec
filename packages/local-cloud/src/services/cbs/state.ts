import type { ServiceCore } from "../core.ts";
import type { TagState } from "../tag/index.ts";
import type { Disk } from "./disk/state.ts";

/** What the CBS service keeps. */
export const cbsState = () => ({
  disks: new Map<string, Disk>(),
});

export type CbsState = Readonly<ReturnType<typeof cbsState>>;

/** An instance, as far as disks have to do with it. */
interface DiskUser {
  readonly instanceId: string;
  readonly instanceState: string;
  readonly subnetId: string;
}

/** What the service works on: beside the disks, the instances that they are attached to, and where these are. */
export interface State extends CbsState, TagState {
  readonly instances: ReadonlyMap<string, DiskUser>;
  readonly subnets: ReadonlyMap<string, { readonly zone: string }>;
}

export type Core = ServiceCore<State>;
