import { NO_OUTAGE_MS, SWITCH_MS } from "./outage-bounds.ts";
import type { Overlay } from "./overlay.ts";

/** What is to be different, beside the settings file, before the commands of a step. */
export interface SettingsChange {
  readonly settings: Overlay;
  /** Whether it is deployed, or only synthesized. */
  readonly isDeployed: boolean;
}

/** Commands of `pair`, as they are rehearsed on a pair that has what the settings file says. */
export interface Step {
  readonly name: string;
  /** What an operator wants with it. */
  readonly purpose: string;
  /** @default - the pair has what the settings file says */
  readonly change?: SettingsChange;
  /** The command lines, without `pair`, one after the other. */
  readonly commands: readonly (readonly [string, ...string[]])[];
  /** The exit status of the last one. @default 0 */
  readonly status?: number;
  /** What `pair status` ends with when it is over. @default 0 */
  readonly statusAfter?: number;
  /** How long the client may get no answer, in ms. */
  readonly outageBoundMs: number;
}

/** An election with adverts of 2 s, after which the address is moved. */
const ELECTION_MS = 9_000;

/** All that is rehearsed, in its order. */
export const STEPS: readonly Step[] = [
  {
    name: "look",
    purpose: "look at the pair: status, doctor, logs",
    commands: [["doctor"], ["logs"], ["status"]],
    outageBoundMs: NO_OUTAGE_MS,
  },
  {
    name: "standby",
    purpose: "drain the standby, and bring it back",
    commands: [
      ["drain", "standby"],
      ["undrain", "standby"],
    ],
    outageBoundMs: NO_OUTAGE_MS,
  },
  {
    name: "serving",
    purpose: "drain the node that serves, and bring it back",
    commands: [
      ["drain", "serving"],
      ["undrain", "standby"],
    ],
    outageBoundMs: SWITCH_MS,
  },
  { name: "drill", purpose: "fail over there and back", commands: [["drill", "--back"]], outageBoundMs: SWITCH_MS },
  {
    name: "push-check",
    purpose: "push a health check",
    change: { settings: { healthCheck: { command: "test -d /etc" } }, isDeployed: true },
    commands: [["push"]],
    outageBoundMs: NO_OUTAGE_MS,
  },
  {
    name: "push-ill",
    purpose: "push a health check that fails: refused",
    change: { settings: { healthCheck: { command: "test -d /no-such-folder" } }, isDeployed: true },
    commands: [["push"]],
    status: 5,
    statusAfter: 1,
    outageBoundMs: NO_OUTAGE_MS,
  },
  {
    name: "push-timing",
    purpose: "push another priority and advertInt",
    change: {
      settings: { primary: { priority: 120 }, keepalived: { advertInt: 2 } },
      isDeployed: true,
    },
    commands: [["push"]],
    outageBoundMs: ELECTION_MS,
  },
  {
    name: "roll",
    purpose: "roll another instance type",
    change: { settings: { instanceType: "S5.LARGE8" }, isDeployed: false },
    commands: [["roll"]],
    outageBoundMs: SWITCH_MS,
  },
];
