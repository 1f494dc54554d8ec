import { renderTimeline } from "../report/timeline.ts";
import type { LabPhase, LabState, Since } from "./lab-state.ts";
import { showClock } from "./show-clock.ts";

const PHASES: Readonly<Record<LabPhase, string>> = {
  boot: "the pair boots",
  ready: "the pair is well",
  fault: "the fault lasts",
  healing: "the fault heals",
  settling: "the pair must be well again, and stay so",
  audit: "everything else is looked at",
  "closing failover": "the standby must take over",
  kept: "the pair stays up until Ctrl-C",
  end: "the lab ends",
};

const ROLES = ["primary", "secondary"] as const;
const LABEL_COLUMNS = 9;

/**
 * What a lab is at, without its events: its fault, phase, nodes, who has the address, who answers the client.
 *
 * @param columns a line that has several things in it is broken before it is longer
 */
export function renderLab(number: number, lab: LabState, columns: number, now: number): string[] {
  const { mechanism, run, phase, nodes, holder, client } = lab;
  const fault = run === undefined ? "" : `: ${run.fault}${run.repetition > 1 ? `, run ${run.repetition}` : ""}`;
  const states = ROLES.map((role) => `${role} ${lasting(nodes[role], now, (state) => state)}`);
  const answers = [...client].map(([via, who]) => `${via}: ${lasting(who, now, showAnswer)}`);
  return [
    `-- lab ${number}, ${mechanism}${fault} `.padEnd(columns, "-"),
    ...cells("now", [lasting(phase, now, (value) => PHASES[value])], columns),
    ...cells("nodes", states, columns),
    ...cells("holder", [holder === undefined ? "not known yet" : (holder ?? "nobody")], columns),
    ...cells("client", answers.length === 0 ? ["does not ask"] : answers, columns),
  ];
}

/** The last events of a lab, in the form in which they are printed at a run's end. */
export function renderLastEvents({ events, zero }: LabState, count: number): string[] {
  return count > 0 ? renderTimeline(events.slice(-count), zero) : [];
}

function lasting<T>(state: Since<T> | undefined, now: number, show: (value: T) => string): string {
  if (state === undefined) return "not known yet";
  return `${show(state.value)} (${showLasting(Math.max(0, now - state.since))})`;
}

/** A duration that goes on, so that its form changes little: `0.2 s`, `12.3 s`, `2:05 min`. */
function showLasting(ms: number): string {
  return ms < 60_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : `${showClock(ms)} min`;
}

const showAnswer = (nodes: readonly string[]) => (nodes.length === 0 ? "NOBODY" : nodes.join(" and "));

/** Things side by side behind a label, in as many lines as they take. */
function cells(label: string, texts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const longer = `${last}   ${text}`;
    if (last !== undefined && LABEL_COLUMNS + longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines.map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL_COLUMNS)}${line}`);
}
