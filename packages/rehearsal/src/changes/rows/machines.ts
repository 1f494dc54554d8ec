import { type Change, LEFT_ALONE, ONE_SWITCH, ROLL } from "../change.ts";

/** What the machines of the nodes are. */
export const MACHINES: readonly Change[] = [
  {
    name: "instance-type",
    what: "another instance type",
    settings: { instanceType: "S5.LARGE8" },
    planSays: LEFT_ALONE,
    actions: [ROLL],
    outageBounds: ONE_SWITCH,
    isKept: true,
  },
];
