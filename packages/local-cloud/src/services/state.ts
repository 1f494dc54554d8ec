import type { Task } from "../engine/tasks.ts";
import { type CamState, camState } from "./cam/index.ts";
import { type CbsState, cbsState } from "./cbs/index.ts";
import type { ServiceCore } from "./core.ts";
import { type CvmState, cvmState } from "./cvm/index.ts";
import { type TagState, tagState } from "./tag/index.ts";
import { type TatState, tatState } from "./tat/index.ts";
import { type VpcState, vpcState } from "./vpc/index.ts";

/** Everything the cloud knows, by id (roles by name): what each service keeps. Secrets are not in it. */
export interface State extends VpcState, CvmState, CbsState, CamState, TagState, TatState {
  readonly tasks: Map<string, Task>;
}

/** The cloud with all of its state. */
export type Core = ServiceCore<State>;

/** A cloud in which nothing is yet. */
export const emptyState = (): State => ({
  ...vpcState(),
  ...cvmState(),
  ...cbsState(),
  ...camState(),
  ...tagState(),
  ...tatState(),
  tasks: new Map(),
});

/** The state as users of the library see it: to read, not to write. */
export type ReadonlyState = {
  readonly [K in keyof State]: State[K] extends Map<infer Key, infer Value>
    ? ReadonlyMap<Key, DeepReadonly<Value>>
    : never;
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
