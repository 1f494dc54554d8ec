// What runs in the report when it is opened: it draws the charts, a run's when the run is opened.
import { outageChart, type OutageRow } from "../charts/outage-chart.ts";
import type { RunRecord } from "../run-record.ts";
import { Chart } from "./chart.ts";
import { filterRuns } from "./filter.ts";
import { drawRun } from "./run.ts";

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
};
const parse = <T>(element: Element | null): T => JSON.parse(element?.textContent ?? "null") as T;

const rows = parse<OutageRow[]>(byId("outage-rows"));
if (rows.length > 0) {
  const description = `Outages of ${rows.length} faults; the table below has the same numbers.`;
  new Chart(byId("outage-chart"), (look) => outageChart(rows, { ...look, description }));
}

for (const details of document.querySelectorAll<HTMLDetailsElement>("details.run")) {
  details.addEventListener("toggle", () => {
    const place = details.querySelector<HTMLElement>(".timeline");
    if (!details.open || place === null || place.childElementCount > 0) return;
    drawRun(place, parse<RunRecord>(details.querySelector("script")));
  });
}

/** A link to a run opens it. */
function openLinked(): void {
  const linked = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
  if (!(linked instanceof HTMLDetailsElement)) return;
  linked.hidden = false;
  linked.open = true;
  linked.scrollIntoView();
}
addEventListener("hashchange", openLinked);
openLinked();
filterRuns();
