import { showDuration } from "../show-time.ts";
import type { CampaignRecord } from "../run-record.ts";
import { html, type Markup } from "./markup.ts";

/** What was rehearsed, when, where and with which options. */
export function summarySection(campaign: CampaignRecord): Markup {
  return html`<section aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    <dl>
      ${campaignFacts(campaign).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div> `,
      )}
    </dl>
  </section>`;
}

/** A campaign's facts for people to read, name and value. */
export function campaignFacts({
  product,
  machine,
  startedAt,
  endedAt,
  seed,
  runs,
}: CampaignRecord): [string, string][] {
  const distinct = (values: readonly string[]) => [...new Set(values)].join(", ");
  return [
    ["product", product],
    ["machine", machine],
    ["begun", new Date(startedAt).toISOString().replace("T", " ").replace(/\..*/, " UTC")],
    ["took", showDuration(endedAt - startedAt)],
    ["runs", String(runs.length)],
    ["faults", String(new Set(runs.map(({ fault }) => fault)).size)],
    ["mechanisms", distinct(runs.map(({ mechanism }) => mechanism))],
    ["nodes run", distinct(runs.map(({ system }) => system))],
    ["seed", String(seed)],
  ];
}
