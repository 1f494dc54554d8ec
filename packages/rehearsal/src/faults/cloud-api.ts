import type { Fault as CloudFault } from "local-cloud";
import { afterTwoLooks, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

/** How the API misbehaves while the node that serves is stopped and for some seconds after it. */
interface Misbehaviour {
  readonly name: string;
  readonly does: string;
  readonly source: string;
  readonly faults: readonly CloudFault[];
  /** A slower cloud. @default - as fast as before */
  readonly taskMs?: number;
  /** Whether no move can succeed while it lasts. @default - where a fault is for every call until it is cleared */
  readonly stopsMoves?: boolean;
  /** So much later may the address come, in ms, beside what the fault itself lasts. @default 0 */
  readonly slowerByMs?: number;
}

/** For so long, in ms, before a failover must have got through. */
const LASTS_MS = 6_000;
const always = Number.POSITIVE_INFINITY;

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    name: "throttled",
    does: "every call is answered with RequestLimitExceeded",
    source: "20 requests a second and account, shared with every other tool",
    faults: [{ action: "*", count: always, code: "RequestLimitExceeded" }],
  },
  {
    name: "internal-errors",
    does: "every call is answered with InternalError",
    source: "the API's documented errors",
    faults: [{ action: "*", count: always, code: "InternalError" }],
  },
  {
    name: "http-502",
    does: "every call is answered with status 502 and a page of HTML",
    source: "a gateway in front of the API",
    faults: [{ action: "*", count: always, httpStatus: 502 }],
  },
  {
    name: "connections-reset",
    does: "every connection is closed without an answer",
    source: "a load balancer that restarts",
    faults: [{ action: "*", count: always, dropConnection: true }],
  },
  {
    name: "hangs",
    does: "no call is ever answered, and connections stay open",
    source: "a firewall that drops",
    faults: [{ action: "*", count: always, hang: true }],
    slowerByMs: 10_000,
  },
  {
    name: "slow",
    does: "every call is answered 1.5 s late",
    source: "an overloaded region",
    faults: [{ action: "*", count: always, delayMs: 1_500 }],
    slowerByMs: 12_000,
  },
  {
    name: "answers-lost",
    does: "the first three moves are carried out, and their answers are lost",
    source: "a connection that breaks after the request",
    faults: [{ action: "MigratePrivateIpAddress", count: 3, dropConnection: true, after: true }],
  },
  {
    name: "stale-reads",
    does: "all reads answer what was so before, for 5 s",
    source: "eventual consistency of the Describe actions",
    faults: [{ action: "*", staleMs: 5_000 }],
  },
  {
    name: "tasks-fail",
    does: "the first three tasks fail",
    source: "the API's FailedOperation.TaskFailed",
    faults: [{ action: "*", count: 3, task: "fails" }],
  },
  {
    name: "tasks-slow",
    does: "a task takes 6 s",
    source: "the vendor's guides wait for up to 10 s",
    faults: [],
    taskMs: 6_000,
  },
  {
    name: "task-endless",
    does: "the first task never ends",
    source: "seen in reports of the vendor's users",
    faults: [{ action: "*", count: 1, task: "never ends" }],
    // It keeps the address locked, until the cloud gives it up.
    stopsMoves: true,
  },
  {
    name: "mutex",
    does: "every move is refused, since another task runs",
    source: "the API's UnsupportedOperation.MutexOperationTaskRunning",
    faults: [
      { action: "MigratePrivateIpAddress", count: always, code: "UnsupportedOperation.MutexOperationTaskRunning" },
    ],
  },
  {
    name: "denied",
    does: "every call is refused for want of permission",
    source: "a policy that somebody changed",
    faults: [{ action: "*", count: always, code: "UnauthorizedOperation" }],
  },
  {
    name: "quota",
    does: "every move is refused, since the quota of addresses is used up",
    source: "the API's LimitExceeded",
    faults: [{ action: "MigratePrivateIpAddress", count: always, code: "LimitExceeded" }],
  },
];

const isTotal = ({ count, delayMs }: CloudFault): boolean => count === always && delayMs === undefined;

/** The node that serves is stopped while the API misbehaves. */
export const cloudApiFaults: readonly Fault[] = MISBEHAVIOURS.flatMap(
  ({ name, does, source, faults, taskMs, stopsMoves = faults.some(isTotal), slowerByMs = 0 }): Fault[] => [
    {
      name: `api-${name}`,
      group: "cloud API",
      does: `${does}; meanwhile keepalived is stopped on the node that serves`,
      heals: "the API is well again, and keepalived is started",
      // With a HAVIP, nothing of the failover needs the API.
      expects: { havip: "moves", "secondary-private-ip": stopsMoves ? "nobody" : "moves" },
      outageMs: plus(LASTS_MS + slowerByMs, afterTwoLooks),
      convergesMs: plus(slowerByMs, afterTwoLooks),
      source,
      lastsMs: LASTS_MS,
      levers: ["API", "keepalived of serving"],
      inject: async ({ lab, serving }) => {
        if (taskMs !== undefined) lab.cloud.taskMs = taskMs;
        for (const fault of faults) lab.cloud.faults.add(fault);
        await serving.shell("systemctl stop keepalived");
      },
      heal: async ({ lab, serving }) => {
        lab.cloud.faults.clear();
        lab.cloud.failEndlessTasks();
        if (taskMs !== undefined) lab.cloud.taskMs = 200;
        await serving.shell("systemctl start keepalived");
      },
    },
  ],
);
