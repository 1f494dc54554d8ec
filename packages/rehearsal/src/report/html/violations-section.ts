import { type CampaignRecord, passed, type RunRecord } from "../run-record.ts";
import { html, type Markup } from "../markup.ts";
import { runId, runName } from "./run-name.ts";

/** Everything that did not hold, in full: first what belongs to no run, then run by run. */
export function violationsSection({ runs, problems }: CampaignRecord): Markup {
  const failed = runs.flatMap((run, index) => (passed(run) ? [] : [{ run, index }]));
  if (failed.length + problems.length === 0) return html``;
  return html`<section aria-labelledby="violations-title">
    <h2 id="violations-title">Violations</h2>
    ${problems.map((text) => html`<pre>${text}</pre>`)}
    ${failed.map(
      ({ run, index }) =>
        html`<article>
          <h3><a href="#${runId(index)}">${runName(run)}</a></h3>
          ${violationList(run)}
        </article> `,
    )}
  </section>`;
}

/** The violations of a run, in full. */
export function violationList({ violations }: RunRecord): Markup {
  return html`<ul class="violations">
    ${violations.map(
      ({ check, text }) =>
        html`<li>
          <strong>${check}</strong>
          <pre>${text}</pre>
        </li> `,
    )}
  </ul>`;
}
