import { type Change, DEPLOY, PUSH } from "../change.ts";

/** What lies in the user data, and can change on a node that runs. */
export const DELIVERED: readonly Change[] = [
  {
    name: "health-check",
    what: "another health check",
    settings: { healthCheck: { command: "test -d /etc" } },
    planSays: "rolling",
    actions: [DEPLOY, PUSH],
  },
];
