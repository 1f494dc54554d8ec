import type { ServiceCore } from "../core.ts";
import { actionsOf } from "../action.ts";
import type { CvmState } from "../cvm/index.ts";
import type { InvocationTask, Invocation } from "./invocation/state.ts";

/** What the TAT service keeps. */
export const tatState = () => ({
  invocations: new Map<string, Invocation>(),
  invocationTasks: new Map<string, InvocationTask>(),
  /** The agents that were found online, by their instances' ids. */
  agentHeartbeats: new Map<string, { /** The last time, Unix time in ms. */ at: number }>(),
});

export type TatState = Readonly<ReturnType<typeof tatState>>;

/** What the service works on: its own state, and the instances that the agents are on. */
export interface State extends TatState, Pick<CvmState, "instances"> {}

export type Core = ServiceCore<State>;

/** Makes an action of the TAT API. */
export const defineAction = actionsOf<Core>({ service: "tat", version: "2020-10-28" });

/** The error codes of the Describe actions of TAT. */
export const tatQueryCodes = {
  coexist: "InvalidParameter.ConflictParameter",
  filterKey: "InvalidParameterValue.InvalidFilter",
  limit: "InvalidParameterValue",
} as const;
