import type { RunRecord, Via } from "../run-record.ts";
import { type Distribution, type FaultStatistics, faultStatistics, showMs } from "../statistics.ts";
import { html, type Markup } from "../markup.ts";
import { runId } from "./run-name.ts";

/** The outages of all faults, as a chart and as a table. */
export function outageSection(runs: readonly RunRecord[]): Markup {
  const statistics = faultStatistics(runs);
  return html`<section aria-labelledby="outages-title">
    <h2 id="outages-title">Outages</h2>
    <div
      class="chart"
      id="outage-chart"
      role="img"
      aria-label="Outages by fault; the table below has the same numbers"
    ></div>
    <p class="quiet">
      All times in ms. An outage is the longest time without an answer to the client; from the healing it is counted
      until the pair is well again for good.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of outages">
      <table id="outage-table">
        <thead>
          <tr>
            <th rowspan="2" scope="col">fault</th>
            <th rowspan="2" scope="col">mechanism</th>
            <th rowspan="2" scope="col" class="number">runs</th>
            <th rowspan="2" scope="col" class="number">passed</th>
            ${["outage by the VIP", "outage by the EIP", "from the healing to well"].map((name) => html`<th colspan="4" scope="colgroup">${name}</th>`)}
          </tr>
          <tr>
            ${[1, 2, 3].map(() => ["median", "p99", "worst", "at most"].map((name) => html`<th scope="col" class="number">${name}</th>`))}
          </tr>
        </thead>
        <tbody>
          ${statistics.map((row) => faultRow(row, runs))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function faultRow(
  { mechanism, fault, runs, passed, outages, converged }: FaultStatistics,
  all: readonly RunRecord[],
): Markup {
  const first = all.findIndex((run) => run.fault === fault && run.mechanism === mechanism);
  const isFailed = passed < runs;
  return html`<tr data-fault="${fault}" data-mechanism="${mechanism}" ${isFailed ? html` class="failed"` : ""}>
    <th scope="row"><a href="#${runId(first)}">${fault}</a></th>
    <td>${mechanism}</td>
    <td class="number">${runs}</td>
    <td class="number">${isFailed ? html`<strong>${passed}</strong>` : passed}</td>
    ${(["VIP", "EIP"] as const).map((via: Via) => distributionCells(outages[via]))}${distributionCells(converged)}
  </tr> `;
}

function distributionCells(distribution: Distribution | undefined): Markup[] {
  if (distribution === undefined) return ["", "", "", ""].map(() => html`<td class="number">–</td>`);
  const { median, p99, worst, boundMs } = distribution;
  const cell = (ms: number) => html`<td class="number${ms > boundMs ? " over" : ""}">${showMs(ms)}</td>`;
  return [...[median, p99, worst].map(cell), html`<td class="number bound">${showMs(boundMs)}</td>`];
}
