import { groupBy } from "./group-by.ts";
import { showDuration } from "./show-time.ts";
import type { NodeState, Role, RunRecord, TimelineEvent, Via } from "./run-record.ts";
import { unservedTimes } from "./unserved-times.ts";

/** What a span or a point says, from which its look follows. */
export type Tone = Role | "other" | "outage" | NodeState | "red" | "green" | "task" | "failed" | "ok";

/** A time in which something was so. Times are in ms from the fault. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly tone: Tone;
}

/** Something that took no time, or so little that it is not drawn. */
export interface Point {
  readonly at: number;
  readonly text: string;
  readonly tone: Tone;
}

/** A line of a run's timeline. */
export interface Lane {
  readonly label: string;
  readonly spans: readonly Span[];
  readonly points: readonly Point[];
}

/** A moment that the whole timeline is divided by. */
export interface Marker {
  readonly at: number;
  readonly text: string;
  readonly kind: "fault" | "healing" | "well" | "closing";
}

/** A run's timeline, as it is drawn. */
export interface RunTimeline {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
  readonly markers: readonly Marker[];
}

/** How much before the fault is shown, in ms. */
const BEFORE_MS = 500;
/** The client asks every 10 ms, and a busy machine answers late: a shorter gap is no outage. */
const GAP_MS = 100;
const ROLES: readonly Role[] = ["primary", "secondary"];

/** A run, line by line: who served, who had the address, the states of both nodes, tasks and calls. */
export function runTimeline(run: RunRecord): RunTimeline {
  const from = -BEFORE_MS;
  const to = run.endedAt - run.faultAt;
  const lanes = [
    ...(["VIP", "EIP"] as const).flatMap((via) => clientLane(run, via, from, to)),
    lane("address in the cloud", holderSpans(run, to)),
    ...ROLES.map((role) => lane(`${role}: VRRP`, stateSpans(run, role, to))),
    ...ROLES.map((role) => lane(`${role}: monitoring`, signalSpans(run, role, to))),
    lane("tasks of the cloud", taskSpans(run, to)),
    ...callLanes(run),
  ];
  return {
    from,
    to,
    lanes: lanes.filter(({ spans, points }) => spans.length + points.length > 0),
    markers: markers(run),
  };
}

const lane = (label: string, spans: readonly Span[], points: readonly Point[] = []): Lane => ({ label, spans, points });

function clientLane({ served, faultAt }: RunRecord, via: Via, from: number, to: number): Lane[] {
  const spans = served
    .filter((span) => span.via === via)
    .map((span) => ({ ...span, from: span.from - faultAt, to: span.to - faultAt }));
  if (spans.length === 0) return [];
  const start = Math.max(from, Math.min(...spans.map((span) => span.from)));
  const answered = spans.map((span) => ({
    from: Math.max(from, span.from),
    to: span.to,
    text: span.node,
    tone: toneOf(span.node),
  }));
  const gaps = unservedTimes(spans, start, to)
    .filter((gap) => gap.to - gap.from > GAP_MS)
    .map((gap): Span => ({ ...gap, text: `nobody, ${showDuration(gap.to - gap.from)}`, tone: "outage" }));
  return [
    lane(
      `client through the ${via}`,
      [...answered, ...gaps].sort((a, b) => a.from - b.from),
    ),
  ];
}

/** Spans from events, each until the next one of its kind. */
function untilNext<T>(
  changes: readonly { readonly at: number; readonly value: T }[],
  to: number,
  show: (value: T) => { readonly text: string; readonly tone: Tone },
): Span[] {
  const merged = changes.filter(
    ({ value }, index) => JSON.stringify(value) !== JSON.stringify(changes[index - 1]?.value),
  );
  return merged.map(({ at, value }, index) => ({ from: at, to: merged[index + 1]?.at ?? to, ...show(value) }));
}

function holderSpans({ events, faultAt }: RunRecord, to: number): Span[] {
  const changes = events.flatMap(({ at, holder }) =>
    holder === undefined ? [] : [{ at: at - faultAt, value: holder }],
  );
  return untilNext(changes, to, (holder) => ({
    text: holder ?? "nobody",
    tone: holder === null ? "outage" : toneOf(holder),
  }));
}

function stateSpans({ events, faultAt }: RunRecord, role: Role, to: number): Span[] {
  const changes = events.flatMap(({ at, who, state }) =>
    who === role && state !== undefined ? [{ at: at - faultAt, value: state }] : [],
  );
  return untilNext(changes, to, (state) => ({ text: state, tone: state }));
}

function signalSpans({ signals, faultAt }: RunRecord, role: Role, to: number): Span[] {
  const changes = signals
    .filter(({ node }) => node === role)
    .map(({ at, isRed, shows }) => ({ at: at - faultAt, value: { isRed, shows } }));
  return untilNext(changes, to, ({ isRed, shows }) => {
    const tone = isRed ? "red" : "green";
    return { text: `${tone}: ${shows}`, tone };
  });
}

function taskSpans({ events, faultAt }: RunRecord, to: number): Span[] {
  const ofTasks = events.flatMap(({ at, task }) => (task === undefined ? [] : [{ at: at - faultAt, ...task }]));
  return [...groupBy(ofTasks, ({ taskId }) => taskId).values()].map((group) => {
    const end = group.find(({ status }) => status !== "RUNNING");
    const from = group.find(({ status }) => status === "RUNNING")?.at ?? -BEFORE_MS;
    const text = `${group[0]?.action}: ${end?.status ?? "still RUNNING"}`;
    return { from, to: end?.at ?? to, text, tone: end?.status === "FAILED" ? "failed" : "task" };
  });
}

/** A lane for everybody who has called the API, since one node's calls may hide the other's. */
function callLanes({ events, faultAt }: RunRecord): Lane[] {
  const calls = events.flatMap(({ at, call }) => (call === undefined ? [] : [{ at: at - faultAt, ...call }]));
  return [...groupBy(calls, ({ from }) => from)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([caller, made]) => {
      const points = made.map(({ at, action, code, ms }): Point => {
        return { at, text: `${action}: ${code} (${Math.round(ms)} ms)`, tone: code === "OK" ? "ok" : "failed" };
      });
      return lane(`calls by ${caller === "primary" || caller === "secondary" ? `the ${caller}` : caller}`, [], points);
    });
}

function markers({ events, faultAt, convergedAt }: RunRecord): Marker[] {
  const found = events.flatMap((event) => markerOf(event, faultAt));
  if (convergedAt !== null) found.push({ at: convergedAt - faultAt, text: "well again", kind: "well" });
  return found.sort((a, b) => a.at - b.at);
}

function markerOf({ at, kind }: TimelineEvent, faultAt: number): Marker[] {
  if (kind === "fault") return [{ at: at - faultAt, text: "fault", kind }];
  if (kind === "healing") return [{ at: at - faultAt, text: "healing", kind }];
  return kind === "check" ? [{ at: at - faultAt, text: "closing failover", kind: "closing" }] : [];
}

function toneOf(node: string): Tone {
  return ROLES.find((role) => role === node) ?? "other";
}
