import { passed, type RunRecord } from "../run-record.ts";
import { runTimes } from "../run-times.ts";
import { html, jsonForScript, type Markup } from "../markup.ts";
import { runId, runName } from "./run-name.ts";
import { violationList } from "./violations-section.ts";

/** All runs, each with a timeline that is drawn when it is opened. */
export function runsSection(runs: readonly RunRecord[]): Markup {
  return html`<section aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    <p class="filter">
      <label>Show only runs with <input type="search" id="filter" placeholder="part of a name" /></label>
      <label><input type="checkbox" id="only-failed" /> that failed</label>
    </p>
    <p id="filtered" role="status"></p>
    ${runs.map(runDetails)}
  </section>`;
}

function runDetails(run: RunRecord, index: number): Markup {
  const isPassed = passed(run);
  return html`<details class="run ${isPassed ? "passed" : "failed"}" id="${runId(index)}">
    <summary>
      <span class="mark">${isPassed ? "✓ passed" : "✗ failed"}</span> <span class="name">${runName(run)}</span>
      <span class="times">${runTimes(run)}</span>
    </summary>
    ${isPassed ? "" : violationList(run)}
    <div class="timeline"></div>
    <script type="application/json">
      ${jsonForScript(run)}
    </script>
  </details> `;
}
