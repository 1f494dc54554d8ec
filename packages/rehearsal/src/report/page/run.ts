import { timelineChart } from "../charts/timeline-chart.ts";
import { showDuration, showOffset } from "../show-time.ts";
import type { RunRecord } from "../run-record.ts";
import { runTimeline } from "../run-timeline.ts";
import { Chart } from "./chart.ts";

const LEGEND =
  "Grey and coloured bars say what they are. Calls of the API: a circle was answered OK, a triangle was not. Zoom with the bar below the chart, with two fingers, or with Ctrl and the wheel.";
/** So much is shown before and after what is looked at closely, in ms. */
const MARGIN_MS = 1_000;

/** Draws a run's timeline, with buttons and a list of all events below it. */
export function drawRun(place: HTMLElement, run: RunRecord): void {
  const timeline = runTimeline(run);
  const chartPlace = element("div", { className: "chart" });
  const { from, to } = timeline;
  const until = Math.min(to, Math.max(run.convergedAt ?? run.endedAt, run.healedAt ?? 0) - run.faultAt + MARGIN_MS);
  const whole = element("button", { type: "button", textContent: "whole run" });
  const closer = element("button", { type: "button", textContent: "fault to recovery" });
  const legend = element("p", { className: "legend", textContent: LEGEND });
  place.append(chartPlace, whole, closer, legend, eventList(run));
  const description = describe(run);
  const chart = new Chart(chartPlace, (look) => timelineChart(timeline, { ...look, description }));
  whole.addEventListener("click", () => chart.zoom(from, to));
  closer.addEventListener("click", () => chart.zoom(from, until));
}

function describe({ fault, mechanism, outages, events }: RunRecord): string {
  const gone = outages.map(
    ({ via, lastedMs }) => `gone through the ${via} for ${lastedMs === null ? "ever" : showDuration(lastedMs)}`,
  );
  return `Timeline of ${fault} with ${mechanism}: the service was ${gone.join(", ") || "not measured"}. The ${events.length} events are listed below.`;
}

/** Everything that happened, which is built only when it is opened. */
function eventList({ events, faultAt }: RunRecord): HTMLElement {
  const details = element("details", {});
  details.append(element("summary", { textContent: `all ${events.length} events` }));
  details.addEventListener("toggle", () => {
    if (details.querySelector("table") !== null) return;
    const table = element("table", { className: "events" });
    for (const { at, who, what } of events) {
      const row = table.insertRow();
      for (const text of [showOffset(at - faultAt), who, what]) row.insertCell().textContent = text;
    }
    const scroll = element("div", { className: "scroll" });
    scroll.append(table);
    details.append(scroll);
  });
  return details;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
