import type { ServiceCore } from "../core.ts";
import type { TagState } from "../tag/index.ts";
import type { Policy } from "./policy/state.ts";
import type { Role } from "./role/state.ts";

/** What CAM keeps. */
export const camState = () => ({
  /** By name. */
  roles: new Map<string, Role>(),
  policies: new Map<number, Policy>(),
});

export type CamState = Readonly<ReturnType<typeof camState>>;

/** What CAM works on. */
export interface State extends CamState, TagState {}

export type Core = ServiceCore<State>;
